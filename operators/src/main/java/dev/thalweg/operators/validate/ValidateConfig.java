package dev.thalweg.operators.validate;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Which event times are sane.
 *
 * @param timeFloor earliest event time accepted
 * @param maxAhead how far an event time may lie behind its arrival's future, that is, after its
 *     arrival
 */
public record ValidateConfig(Instant timeFloor, Duration maxAhead) implements Serializable {
  /** Epoch milliseconds of a long reach a little further. */
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1000 - 1;

  /** Refuses missing and negative values, and such as milliseconds cannot express. */
  public ValidateConfig {
    Objects.requireNonNull(timeFloor, "timeFloor");
    if (maxAhead.isNegative()) {
      throw new IllegalArgumentException("maxAhead must not be negative, is " + maxAhead);
    }
    if (!isWithin(timeFloor) || maxAhead.getSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException("out of range: " + timeFloor + ", " + maxAhead);
    }
  }

  private static boolean isWithin(Instant time) {
    return Math.abs(time.getEpochSecond()) <= MAX_SECONDS;
  }
}
