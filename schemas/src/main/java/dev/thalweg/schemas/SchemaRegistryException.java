package dev.thalweg.schemas;

/** A schema registry gives no answer, or refuses what it is asked. Says nothing of any event. */
public class SchemaRegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what happened. */
  public SchemaRegistryException(String message) {
    super(message);
  }

  /** Says what happened and why. */
  public SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
