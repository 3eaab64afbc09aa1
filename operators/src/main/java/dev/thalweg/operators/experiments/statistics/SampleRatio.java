package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether units spread over the arms as the weights say (Pearson's chi-square; Fabijan et al.,
 * "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", 2019). For one look; {@link
 * SequentialSampleRatio} is for many.
 */
public final class SampleRatio {
  /** Below this p-value a mismatch is taken as such. */
  public static final double ALERT = 0.001;

  private SampleRatio() {}

  /**
   * The p-value of sum (observed - expected)^2 / expected, with one degree of freedom less than
   * arms of positive weight. Arms of weight 0 do not count, but a unit in one of them cannot be:
   * then it is 0. It is 1 without units, and where a single arm has a weight, wherever units are:
   * nothing is compared then.
   *
   * @param units seen in each arm
   * @param weights of the arms, in any unit
   * @throws IllegalArgumentException for counts or weights that cannot be
   */
  public static double pValue(long[] units, double[] weights) {
    double[] shares = Shares.of(units, weights);
    if (!Shares.areSeveral(shares)) {
      return 1;
    }
    double total = 0;
    for (long count : units) {
      total += count;
    }
    int arms = 0;
    double statistic = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        arms++;
        double expected = shares[i] * total;
        statistic += units[i] == 0 ? expected : square(units[i] - expected) / expected;
      } else if (units[i] > 0) {
        return 0;
      }
    }
    return ChiSquaredDistribution.of(arms - 1).survivalProbability(statistic);
  }

  private static double square(double number) {
    return number * number;
  }
}
