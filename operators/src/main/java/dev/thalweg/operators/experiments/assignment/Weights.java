package dev.thalweg.operators.experiments.assignment;

import java.util.Arrays;

/**
 * Relative shares of arms, laid out one after another on a line; a hash is a place on that line.
 *
 * <p>What it promises when shares change and the total stays: where two <em>neighbours</em>
 * exchange weight, units only move into the raised one, from the other. Where the arms are not
 * neighbours, those between them shift: units move from each to the one before or after it. An arm
 * of weight 0 gets nobody, wherever it stands. Immutable.
 */
public final class Weights {
  /** No arm: nobody has weight. */
  public static final int NONE = -1;

  private final int[] ends;
  private final int total;

  private Weights(int[] ends) {
    this.ends = ends;
    this.total = ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /**
   * Shares in the order of the arms.
   *
   * @throws IllegalArgumentException if one is negative or the sum is more than 2^31 - 1
   */
  public static Weights of(int... weights) {
    int[] ends = new int[weights.length];
    long end = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < 0) {
        throw new IllegalArgumentException("weight " + weights[i] + " is negative");
      }
      end += weights[i];
      if (end > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("weights sum to more than " + Integer.MAX_VALUE);
      }
      ends[i] = (int) end;
    }
    return new Weights(ends);
  }

  /** How many arms. */
  public int arms() {
    return ends.length;
  }

  /** The sum. */
  public int total() {
    return total;
  }

  /** The share of an arm: weight by total, 0 where nobody has weight. */
  public double share(int arm) {
    int weight = arm == 0 ? ends[0] : ends[arm] - ends[arm - 1];
    return total == 0 ? 0 : (double) weight / total;
  }

  /**
   * The arm of a hash: the first whose cumulative weight is above {@code (unsigned hash * total)
   * >>> 32} (flagd's fractional, version 2). {@link #NONE} where nobody has weight. Linear in the
   * arms.
   */
  public int arm(int hash) {
    long place = (Integer.toUnsignedLong(hash) * total) >>> 32;
    for (int arm = 0; arm < ends.length; arm++) {
      if (place < ends[arm]) {
        return arm;
      }
    }
    return NONE;
  }

  @Override
  public String toString() {
    return "cumulative " + Arrays.toString(ends);
  }
}
