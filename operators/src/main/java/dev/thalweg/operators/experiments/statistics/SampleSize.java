package dev.thalweg.operators.experiments.statistics;

import java.util.List;

/**
 * How many units an experiment needs.
 *
 * @param units of each arm, the baseline first
 */
public record SampleSize(List<Long> units) {
  public SampleSize {
    units = List.copyOf(units);
  }

  /** Of all arms together. */
  public long total() {
    return units.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How long it takes.
   *
   * @param unitsPerDay new units that enter the experiment a day, all arms together
   * @throws IllegalArgumentException unless that is positive
   */
  public double days(double unitsPerDay) {
    if (!(unitsPerDay > 0)) {
      throw new IllegalArgumentException(unitsPerDay + " units a day are not positive");
    }
    return total() / unitsPerDay;
  }
}
