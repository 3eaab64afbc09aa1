package dev.thalweg.cli.report.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Round values that span others.
 *
 * @param ticks in ascending order, at least two
 */
public record ValueAxis(List<Double> ticks) {
  /** Copies the list. */
  public ValueAxis {
    ticks = List.copyOf(ticks);
  }

  /** Spans zero and those values, with about so many steps. */
  public static ValueAxis fromZero(Collection<Double> values, int steps) {
    double lowest = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return between(Math.min(0, lowest), Math.max(0, highest), steps);
  }

  /** Spans the values between those two, with about so many steps. */
  public static ValueAxis between(double lowest, double highest, int steps) {
    if (lowest == highest) {
      return lowest == 0
          ? new ValueAxis(List.of(0.0, 1.0))
          : between(Math.min(0, lowest), Math.max(0, highest), steps);
    }
    double step = roundStep(highest / steps - lowest / steps);
    double first = Math.floor(lowest / step + 1e-9);
    double last = Math.ceil(highest / step - 1e-9);
    List<Double> ticks = new ArrayList<>();
    for (double i = first; i <= last; i++) {
      ticks.add(i == 0 ? 0.0 : i * step);
    }
    return isUsable(ticks) ? new ValueAxis(ticks) : new ValueAxis(List.of(lowest, highest));
  }

  /** The first tick. */
  public double lowest() {
    return ticks.get(0);
  }

  /** The last tick. */
  public double highest() {
    return ticks.get(ticks.size() - 1);
  }

  /** Where its values lie between two places of a picture. */
  public Scale scale(double start, double end) {
    return new Scale(lowest(), highest(), start, end);
  }

  /** How wide the widest label is. */
  public double labelWidth() {
    return ticks.stream()
        .mapToDouble(tick -> DisplayText.width(DisplayNumber.of(tick)))
        .max()
        .orElse(0);
  }

  /** The next of 1, 2, 5, 10, 20, 50 and so on. */
  private static double roundStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digits = rough / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  /** At the ends of what a double holds, steps come out as nothing or infinite. */
  private static boolean isUsable(List<Double> ticks) {
    return ticks.size() > 1 && ticks.stream().allMatch(Double::isFinite);
  }
}
