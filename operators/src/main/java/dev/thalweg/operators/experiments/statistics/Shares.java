package dev.thalweg.operators.experiments.statistics;

/** Weights of arms as shares of their sum. */
final class Shares {
  private Shares() {}

  /**
   * The share of each arm.
   *
   * @throws IllegalArgumentException unless there is a weight for each count, no count is negative,
   *     all weights are finite and none negative, and one is positive
   */
  static double[] of(long[] units, double[] weights) {
    if (units.length != weights.length) {
      throw new IllegalArgumentException(
          units.length + " counts of units, " + weights.length + " weights");
    }
    double total = 0;
    for (int i = 0; i < units.length; i++) {
      if (units[i] < 0 || !(weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "arm " + i + " has " + units[i] + " units and weight " + weights[i]);
      }
      total += weights[i];
    }
    if (!(total > 0) || Double.isInfinite(total)) {
      throw new IllegalArgumentException("weights add up to " + total);
    }
    double[] shares = new double[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = weights[i] / total;
    }
    return shares;
  }

  /** Whether at least two arms get units, so that there is something to compare. */
  static boolean areSeveral(double[] shares) {
    int positive = 0;
    for (double share : shares) {
      positive += share > 0 ? 1 : 0;
    }
    return positive > 1;
  }
}
