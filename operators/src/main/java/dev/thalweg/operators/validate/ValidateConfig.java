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
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Refuses missing and negative values, a span above ten years, a floor beyond 64 bits. */
  public ValidateConfig {
    Objects.requireNonNull(timeFloor, "timeFloor");
    if (maxAhead.isNegative()) {
      throw new IllegalArgumentException("maxAhead must not be negative, is " + maxAhead);
    }
    if (maxAhead.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("maxAhead must be at most 3650d, is " + maxAhead);
    }
    if (timeFloor.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
        || timeFloor.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      throw new IllegalArgumentException(
          "timeFloor must be within 64 bits of milliseconds, is " + timeFloor);
    }
  }
}
