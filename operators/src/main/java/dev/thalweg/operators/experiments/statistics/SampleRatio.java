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
   * arms of positive weight. Arms of weight 0 do not count, nor do units in them. It is 1 without
   * units, and where a single arm has a weight, wherever units are: nothing is compared then.
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
    for (int i = 0; i < shares.length; i++) {
      total += shares[i] > 0 ? units[i] : 0;
    }
    int arms = 0;
    double statistic = 0;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        arms++;
        double expected = shares[i] * total;
        statistic += units[i] == 0 ? expected : square(units[i] - expected) / expected;
      }
    }
    return ChiSquaredDistribution.of(arms - 1).survivalProbability(statistic);
  }

  private static double square(double number) {
    return number * number;
  }
}
