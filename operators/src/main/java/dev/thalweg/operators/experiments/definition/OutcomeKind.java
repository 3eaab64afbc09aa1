package dev.thalweg.operators.experiments.definition;

/** What of a unit's events is its outcome. */
public enum OutcomeKind {
  /** Whether there is one. */
  CONVERSION,
  /** How many there are. */
  COUNT,
  /** The sum of a field. */
  SUM,
  /** The mean of a field; a unit without events has no outcome. */
  MEAN,
  /** The sum of a field (or the number of events), divided by that of other events. */
  RATIO;

  /** Whether it is about a field. */
  public boolean needsField() {
    return this == SUM || this == MEAN;
  }

  /** Whether it may be about a field. */
  public boolean takesField() {
    return needsField() || this == RATIO;
  }
}
