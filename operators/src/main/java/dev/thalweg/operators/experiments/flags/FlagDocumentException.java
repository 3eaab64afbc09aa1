package dev.thalweg.operators.experiments.flags;

/** A flag document that cannot be used; the message says where and why, on one line. */
public final class FlagDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlagDocumentException(String message) {
    super(message, null, false, false);
  }
}
