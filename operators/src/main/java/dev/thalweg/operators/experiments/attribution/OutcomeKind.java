package dev.thalweg.operators.experiments.attribution;

/** What a unit's outcomes come to. */
public enum OutcomeKind {
  /** 1 if there is any, else 0. */
  CONVERSION,
  /** How many there are. */
  COUNT,
  /** Their sum; 0 if there is none. */
  SUM,
  /** Their mean; a unit without any is no part of the metric. */
  MEAN,
  /** The sum of those above the line, and of those below it. */
  RATIO
}
