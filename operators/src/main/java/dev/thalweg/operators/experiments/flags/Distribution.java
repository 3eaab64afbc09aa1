package dev.thalweg.operators.experiments.flags;

import dev.thalweg.operators.experiments.assignment.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arms of flagd's fractional: variants and their weights.
 *
 * @param variants strings, numbers, booleans or nulls
 * @param weights of the variants; their sum is above 0
 */
record Distribution(List<Object> variants, Weights weights) {
  /**
   * Reads arms, each {@code [variant, weight]} or {@code [variant]}, which weighs 1. A negative
   * weight is 0. Empty where flagd's fractional comes to null: an arm that is no list, a weight
   * that is no whole number, weights that sum to 0 or to more than 2^31 - 1.
   */
  static Optional<Distribution> of(List<?> arms) {
    List<Object> variants = new ArrayList<>();
    int[] weights = new int[arms.size()];
    long total = 0;
    for (Object each : arms) {
      if (!(each instanceof List<?> arm) || arm.isEmpty() || !isVariant(arm.get(0))) {
        return Optional.empty();
      }
      double weight = weight(arm);
      if (weight != Math.rint(weight) || weight > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      weights[variants.size()] = (int) Math.max(0, weight);
      total += weights[variants.size()];
      variants.add(arm.get(0));
    }
    return total == 0 || total > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Distribution(variants, Weights.of(weights)));
  }

  private static boolean isVariant(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean;
  }

  /** NaN where it is no number. */
  private static double weight(List<?> arm) {
    Object weight = arm.size() < 2 ? null : arm.get(1);
    if (weight == null) {
      return 1;
    }
    return weight instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** The variant of a hash. */
  Object variant(int hash) {
    return variants.get(weights.arm(hash));
  }
}
