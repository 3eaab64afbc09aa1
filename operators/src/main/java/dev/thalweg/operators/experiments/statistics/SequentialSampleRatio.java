package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Whether units spread over the arms as the weights say, for any number of looks: the Bayes factor
 * of a Dirichlet-multinomial against the weights (Lindon and Malek, "Anytime-Valid Inference for
 * Multinomial Count Data", NeurIPS 2022, section 2). With theta_i the shares, n_i the units, n
 * their sum, and a_i = 10000 theta_i with sum a:
 *
 * <p>BF = Gamma(a) / Gamma(a + n) * prod Gamma(a_i + n_i) / Gamma(a_i) / prod theta_i^n_i.
 */
public final class SequentialSampleRatio {
  private static final double CONCENTRATION = 10_000;

  private SequentialSampleRatio() {}

  /**
   * The natural logarithm of the Bayes factor; 0 without units, and where a single arm has a
   * weight. Arms of weight 0 do not count, nor do units in them.
   *
   * @throws IllegalArgumentException for counts or weights that cannot be
   */
  public static double logBayesFactor(long[] units, double[] weights) {
    double[] shares = Shares.of(units, weights);
    if (!Shares.areSeveral(shares)) {
      return 0;
    }
    double total = 0;
    double factor = 0;
    for (int i = 0; i < shares.length; i++) {
      if (units[i] == 0 || shares[i] == 0) {
        continue;
      }
      factor += logRising(CONCENTRATION * shares[i], units[i]) - units[i] * Math.log(shares[i]);
      total += units[i];
    }
    return factor - logRising(CONCENTRATION, total);
  }

  /**
   * The p-value after a further look: min(previous, 1 / BF).
   *
   * @param previous the p-value of the look before; 1 at the first
   */
  public static double pValue(double previous, long[] units, double[] weights) {
    return Math.min(previous, Math.exp(-logBayesFactor(units, weights)));
  }

  /** ln Gamma(start + count) - ln Gamma(start). */
  private static double logRising(double start, double count) {
    return LogGamma.value(start + count) - LogGamma.value(start);
  }
}
