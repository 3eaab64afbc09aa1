package dev.thalweg.operators.event;

import java.util.Objects;

/**
 * An event that was dropped because it had been seen before; goes on only to be counted.
 *
 * @param subject the subject
 * @param origin where it was read from
 */
public record Duplicate(String subject, Origin origin) implements Message {
  /** Refuses missing parts. */
  public Duplicate {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(origin, "origin");
  }

  @Override
  public String key() {
    return subject;
  }
}
