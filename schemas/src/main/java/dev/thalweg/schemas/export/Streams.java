package dev.thalweg.schemas.export;

import java.util.Objects;

/**
 * The topics of the streams whose records contracts describe.
 *
 * @param raw what producers send
 * @param canonical accepted events
 * @param deadLetters what could not be processed
 * @param profiles attributes of users
 */
public record Streams(
    StreamTopic raw, StreamTopic canonical, StreamTopic deadLetters, StreamTopic profiles) {

  /** Refuses missing parts. */
  public Streams {
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(canonical, "canonical");
    Objects.requireNonNull(deadLetters, "deadLetters");
    Objects.requireNonNull(profiles, "profiles");
  }
}
