package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The test for samples whose size was fixed beforehand (Welch 1947): t = effect / se with Welch's
 * degrees of freedom. Looked at repeatedly it raises false alarms without bound; {@link
 * AnytimeValid} does not.
 */
public final class WelchTest {
  private WelchTest() {}

  /** Two-sided p-value; NaN where the effect is not testable. */
  public static double pValue(Effect effect) {
    if (!effect.isTestable()) {
      return Double.NaN;
    }
    double t = Math.abs(effect.estimate() / effect.standardError());
    return 2 * TDistribution.of(effect.degreesOfFreedom()).survivalProbability(t);
  }

  /** The confidence interval of level 1 - alpha; unknown where the effect is not testable. */
  public static Interval interval(Effect effect, double alpha) {
    if (!effect.isTestable()) {
      return Interval.UNKNOWN;
    }
    double quantile =
        TDistribution.of(effect.degreesOfFreedom()).inverseSurvivalProbability(alpha / 2);
    return Interval.around(effect.estimate(), quantile * effect.standardError());
  }
}
