package dev.thalweg.operators.experiments.flags;

/** Why an evaluation came out as it did, by OpenFeature's names. */
public enum Reason {
  /** The flag has no rule: its default variant, for everybody. */
  STATIC,
  /** The rule named a variant. */
  TARGETING_MATCH,
  /** The rule named none, or there is neither a rule nor a default variant. */
  DEFAULT,
  /** The flag is switched off: no variant. */
  DISABLED,
  /** No variant; the {@link ErrorCode} says what is wrong. */
  ERROR
}
