package dev.thalweg.operators.experiments.definition;

/** Who acts on a decision. */
public enum Acting {
  /** A person; the decision is only told. */
  MANUAL,
  /** Whoever decides: the next version of the definition is published. */
  AUTOMATIC
}
