package dev.thalweg.operators.event;

import dev.thalweg.schemas.Failure;
import java.util.Objects;

/**
 * A record that could not be processed, whole.
 *
 * @param stage the step that refused it
 * @param failure why, from the closed list
 * @param message why, in words
 * @param eventType the event type where a contract was found, else {@value #UNKNOWN}
 * @param raw the record
 */
public record DeadLetter(
    String stage, Failure failure, String message, String eventType, RawRecord raw)
    implements Message {
  /** The event type where no contract was found. */
  public static final String UNKNOWN = "unknown";

  private static final int SPREAD = 4096;

  /** Refuses missing parts. */
  public DeadLetter {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(raw, "raw");
  }

  /** Spreads dead letters evenly, so that a flood of bad records does not land on one subtask. */
  @Override
  public String key() {
    return Integer.toString(
        (int) Math.floorMod(raw.origin().offset() * 31 + raw.origin().partition(), (long) SPREAD));
  }
}
