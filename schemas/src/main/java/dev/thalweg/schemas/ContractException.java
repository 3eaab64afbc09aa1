package dev.thalweg.schemas;

/** A contract that cannot be used; the message says which, what is wrong with it and what to do. */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public ContractException(String message) {
    super(message);
  }

  /** Says what is wrong, and what led to it. */
  public ContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
