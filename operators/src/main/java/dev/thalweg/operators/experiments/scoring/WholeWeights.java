package dev.thalweg.operators.experiments.scoring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Weights of the same relations that are as small as they can be, and percentages if they can. */
final class WholeWeights {
  private static final int PERCENT = 100;

  private WholeWeights() {}

  /**
   * The weights, in order. Where even the smallest sum to more than an int holds they are rounded;
   * none becomes 0 by that.
   *
   * @param weights none negative, and one positive
   */
  static List<Integer> of(List<Long> weights) {
    BigInteger common = BigInteger.ZERO;
    long total = 0;
    for (long weight : weights) {
      common = common.gcd(BigInteger.valueOf(weight));
      total += weight;
    }
    long divisor = common.longValueExact();
    long smallest = total / divisor;
    long factor = PERCENT % smallest == 0 ? PERCENT / smallest : 1;
    long excess = smallest / (Integer.MAX_VALUE - weights.size()) + 1;
    List<Integer> whole = new ArrayList<>();
    for (long weight : weights) {
      long least = weight == 0 ? 0 : 1;
      whole.add((int) Math.max(least, weight / divisor * factor / excess));
    }
    return whole;
  }
}
