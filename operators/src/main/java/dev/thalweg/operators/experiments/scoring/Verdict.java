package dev.thalweg.operators.experiments.scoring;

import java.util.Locale;

/** What is to be done with an experiment. */
public enum Verdict {
  /** Nothing yet. */
  CONTINUE,
  /** All units may get the variant. */
  SHIP,
  /** All units should get the baseline. */
  ROLLBACK,
  /** A person must look. */
  REVIEW;

  /** As views and topics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
