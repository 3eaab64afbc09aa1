package dev.thalweg.operators.experiments.statistics;

/**
 * How an error rate is spent on a sequence of tests of its own data each: k-th by k-th less, so
 * that all together, however many there will be, raise a false alarm with at most that probability.
 * By Bonferroni's inequality the levels need only sum to it, whatever the tests have to do with
 * each other (Foster, Stine, "Alpha-investing: a procedure for sequential control of expected false
 * discoveries", 2008, section 2, on alpha-spending; the sum of 1 / k^2 is pi^2 / 6).
 */
public final class AlphaSpending {
  private AlphaSpending() {}

  /**
   * The level of the k-th test: alpha 6 / (pi^2 k^2), in equal parts.
   *
   * @param look k, from 1 on
   * @param parts how many tests share it
   */
  public static double level(double alpha, long look, int parts) {
    return alpha * 6 / (Math.PI * Math.PI * look * look) / parts;
  }
}
