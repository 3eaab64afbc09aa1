package dev.thalweg.operators.experiments.scoring;

import java.util.Objects;

/**
 * A decision on a phase of an experiment.
 *
 * @param verdict what is to be done
 * @param variant which one it is about; null for none in particular
 * @param reason why, in words
 */
public record Decision(Verdict verdict, String variant, String reason) {
  /** Refuses missing parts. */
  public Decision {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
  }

  /** Verdict and variant as text: what changes when a decision does; reasons always do. */
  String said() {
    return variant == null ? verdict.label() : verdict.label() + " " + variant;
  }
}
