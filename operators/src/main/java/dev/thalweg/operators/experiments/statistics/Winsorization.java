package dev.thalweg.operators.experiments.statistics;

import java.io.Serializable;

/**
 * Bounds for a unit's outcome, in the metric's unit: what lies outside counts as the bound itself.
 * The bounds are fixed beforehand and not quantiles, so that no later unit changes an earlier one.
 *
 * @throws IllegalArgumentException unless low is at most high
 */
public record Winsorization(double low, double high) implements Serializable {
  public Winsorization {
    if (!(low <= high)) {
      throw new IllegalArgumentException("bounds " + low + " to " + high);
    }
  }

  /** Leaves all outcomes as they are. */
  public static Winsorization none() {
    return new Winsorization(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Bounds outcomes above only, as an experiment's {@code cap} does. */
  public static Winsorization cap(double high) {
    return new Winsorization(Double.NEGATIVE_INFINITY, high);
  }

  /** The outcome within the bounds; NaN stays NaN. */
  public double apply(double outcome) {
    return Math.min(Math.max(outcome, low), high);
  }
}
