package dev.thalweg.operators.experiments.definition;

/** What becomes of a unit that was seen in several variants. */
public enum Crossover {
  /** It is counted in none. */
  EXCLUDE,
  /** It stays in the first one. */
  FIRST
}
