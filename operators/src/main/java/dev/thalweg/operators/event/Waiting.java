package dev.thalweg.operators.event;

import java.util.Objects;

/**
 * Says that an event waits in state until reference data has been read; goes on only to be counted.
 *
 * @param subject the subject
 * @param origin where the event was read from
 */
public record Waiting(String subject, Origin origin) implements Message {
  /** Refuses missing parts. */
  public Waiting {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(origin, "origin");
  }

  @Override
  public String key() {
    return subject;
  }
}
