package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The one-sided z-test, for one look, that an arm changed by more than is tolerated.
 *
 * @param share of the relative effect: below 0, the arm may fall by so much; above 0, rise
 */
public record Tolerance(double share) {
  /** The units that each arm needs for its mean to be taken as normal. */
  public static final long LEAST_UNITS = 100;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * The p-value. The relative effect's standard error, by the delta method, is the one that it has
   * where the change is just what is tolerated, with the greater of the two arms' variances for the
   * arm's own: as in a score test, the null hypothesis is what is tested. Its own would vanish with
   * an outcome that has stopped altogether, and be too small close to that. NaN with fewer units
   * than the least, and where the baseline has no spread or a mean of 0.
   */
  public double pValue(ArmEstimate baseline, ArmEstimate arm) {
    if (baseline.units() < LEAST_UNITS || arm.units() < LEAST_UNITS) {
      return Double.NaN;
    }
    double error = Effect.relative(baseline, justTolerated(baseline, arm)).standardError();
    double beyond = Effect.relative(baseline, arm).estimate() - share;
    return NORMAL.survivalProbability(Math.signum(share) * beyond / error);
  }

  private ArmEstimate justTolerated(ArmEstimate baseline, ArmEstimate arm) {
    double mean = baseline.mean() + share * Math.abs(baseline.mean());
    double variance = Math.max(baseline.variance(), arm.variance());
    return new ArmEstimate(arm.units(), Double.NaN, mean, variance);
  }
}
