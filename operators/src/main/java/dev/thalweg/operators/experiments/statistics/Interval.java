package dev.thalweg.operators.experiments.statistics;

/** A closed interval around an effect; both ends are NaN if it is unknown. */
public record Interval(double low, double high) {
  /** The unknown one. */
  public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

  static Interval around(double centre, double halfWidth) {
    return new Interval(centre - halfWidth, centre + halfWidth);
  }

  /** Whether it is known and 0 is outside. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
