package dev.thalweg.operators.experiments.scoring;

import java.util.Objects;

/**
 * A decision on a phase of an experiment.
 *
 * @param verdict what is to be done
 * @param variant which one it is about; null for none in particular
 * @param reason why, in words
 * @param share to which the next step of a ramp brings the units that do not get the baseline, in
 *     percent; 0 where there is none to be taken
 */
public record Decision(Verdict verdict, String variant, String reason, int share) {
  /** Refuses missing parts. */
  public Decision {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
  }

  /** One that takes no step of a ramp. */
  public Decision(Verdict verdict, String variant, String reason) {
    this(verdict, variant, reason, 0);
  }

  /** What is to be done, as text: what changes when a decision does; reasons always do. */
  String said() {
    if (share > 0) {
      return "%s to %d %%".formatted(verdict.label(), share);
    }
    return variant == null ? verdict.label() : verdict.label() + " " + variant;
  }
}
