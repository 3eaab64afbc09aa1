package dev.thalweg.operators.experiments.assignment;

/** Gives each unit its arm: the same one always, whoever asks. Thread safe. */
@FunctionalInterface
public interface Assignment {
  /** No arm: the unit takes no part. */
  int NONE = Weights.NONE;

  /** The place of the unit's arm, from 0, or {@link #NONE}. Allocates nothing. */
  int arm(String unit);
}
