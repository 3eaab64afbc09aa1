package dev.thalweg.jobs.registry;

import dev.thalweg.schemas.SchemaRegistryException;

/** There is no answer, or none of use; there may be one later. */
final class RegistryAwayException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  RegistryAwayException(String message) {
    super(message);
  }

  RegistryAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
