package dev.thalweg.operators.experiments.definition;

/** Text that is no definition; the message says where and why, on one line. */
public final class DefinitionJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DefinitionJsonException(String path, String reason) {
    super(path + ": " + reason, null, false, false);
  }
}
