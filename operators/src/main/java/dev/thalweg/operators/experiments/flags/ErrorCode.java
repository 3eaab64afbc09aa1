package dev.thalweg.operators.experiments.flags;

/** What is wrong, by OpenFeature's names. */
public enum ErrorCode {
  /** The document has no such flag. */
  FLAG_NOT_FOUND,
  /** The rule cannot be evaluated. */
  PARSE_ERROR,
  /** The rule names a variant that the flag does not have. */
  GENERAL
}
