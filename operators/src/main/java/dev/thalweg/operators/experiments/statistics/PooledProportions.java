package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The fixed-horizon z-test of two proportions with their pooled variance. */
public final class PooledProportions {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private PooledProportions() {}

  /**
   * Two-sided p-value of z = (p_b - p_a) / sqrt(p (1 - p) (1 / n_a + 1 / n_b)), p = conversions
   * over units of both arms (Fleiss, Levin, Paik, "Statistical Methods for Rates and Proportions",
   * 2003, section 3.2, without continuity correction). NaN unless both arms are comparable.
   */
  public static double pValue(ArmEstimate baseline, ArmEstimate arm) {
    if (!baseline.isComparable() || !arm.isComparable()) {
      return Double.NaN;
    }
    double share = (baseline.total() + arm.total()) / (baseline.units() + arm.units());
    double variance = share * (1 - share) * (1.0 / baseline.units() + 1.0 / arm.units());
    double z = (arm.mean() - baseline.mean()) / Math.sqrt(variance);
    return 2 * NORMAL.survivalProbability(Math.abs(z));
  }
}
