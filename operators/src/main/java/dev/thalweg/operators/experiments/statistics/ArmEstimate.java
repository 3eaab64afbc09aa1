package dev.thalweg.operators.experiments.statistics;

/**
 * A metric's estimate for one arm.
 *
 * @param units how many units it rests on
 * @param total the sum of outcomes (of a ratio: of numerators), in the metric's unit; NaN if
 *     unknown
 * @param mean the estimate; NaN without units, or without a denominator
 * @param variance of one unit, such that variance / units is the squared standard error of the
 *     mean; NaN if unknown
 */
public record ArmEstimate(long units, double total, double mean, double variance) {
  /** Whether there is spread to compare by: at least two units that are not all the same. */
  public boolean isComparable() {
    return units >= 2 && variance > 0 && Double.isFinite(variance) && Double.isFinite(mean);
  }

  double squaredError() {
    return variance / units;
  }
}
