package dev.thalweg.cli.report.chart;

/**
 * Where values lie on a picture.
 *
 * @param from a value
 * @param to another value
 * @param start where the first lies
 * @param end where the second lies
 */
public record Scale(double from, double to, double start, double end) {
  /** Where a value lies; in the middle if there is only one. */
  public double at(double value) {
    if (from == to) {
      return (start + end) / 2;
    }
    double share = (value / 2 - from / 2) / (to / 2 - from / 2);
    return start + share * (end - start);
  }
}
