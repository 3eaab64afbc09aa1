package dev.thalweg.operators.metrics;

/** What a metric says of the events that it selects. */
public enum MetricKind {
  /** How many events. */
  COUNT,
  /** The sum of a field. */
  SUM,
  /** The mean of a field. */
  MEAN,
  /** The least value of a field. */
  MIN,
  /** The greatest value of a field. */
  MAX,
  /** A quantile of a field, within a relative error of 1 %. */
  QUANTILE,
  /** How many different subjects, or different values of a field. */
  UNIQUE,
  /** The sum of a field (or the number of events), divided by that of other events. */
  RATIO;

  /** Whether it is about a field. */
  public boolean needsField() {
    return this == SUM || this == MEAN || this == MIN || this == MAX || this == QUANTILE;
  }
}
