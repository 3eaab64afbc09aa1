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
 * @param awaited what an experiment that goes on waits for; empty where it does not
 * @param isOfAll whether all variants are taken back, and not that one alone
 */
public record Decision(
    Verdict verdict, String variant, String reason, int share, String awaited, boolean isOfAll) {
  /** Refuses missing parts. */
  public Decision {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(awaited, "awaited");
  }

  /** One that takes no step of a ramp. */
  public Decision(Verdict verdict, String variant, String reason) {
    this(verdict, variant, reason, 0, "", false);
  }

  /** To go on, until there is what is awaited. */
  static Decision goOn(String awaited, String reason) {
    return new Decision(Verdict.CONTINUE, null, reason, 0, awaited, false);
  }

  /** To bring a ramp to that percentage. */
  static Decision ramp(int share, String reason) {
    return new Decision(Verdict.CONTINUE, null, reason, share, "", false);
  }

  /** To take all variants back, of which that one is the worst. */
  static Decision rollbackOfAll(String worst, String reason) {
    return new Decision(Verdict.ROLLBACK, worst, reason, 0, "", true);
  }

  /** What is to be done, as text. */
  String said() {
    if (share > 0) {
      return "%s to %d %%".formatted(verdict.label(), share);
    }
    return variant == null ? verdict.label() : verdict.label() + " " + variant;
  }

  /**
   * What is to be done and what is waited for, as text: a decision is another where this is. The
   * numbers in reasons always change.
   */
  String told() {
    return awaited.isEmpty() ? said() : said() + " for " + awaited;
  }
}
