package dev.thalweg.operators.experiments.flags;

import java.util.Map;
import java.util.Objects;

/**
 * Whom and when a flag is evaluated for.
 *
 * @param targetingKey the unit; null where there is none
 * @param attributes by name: strings, numbers, booleans, lists, maps. Numbers are doubles to rules
 * @param timeMillis the event's time, in milliseconds since 1970; rules see seconds
 */
public record FlagContext(String targetingKey, Map<String, ?> attributes, long timeMillis) {
  /** The name of the targeting key in rules. */
  static final String TARGETING_KEY = "targetingKey";

  /** The name of what flagd adds, in rules. */
  static final String FLAGD = "$flagd";

  /** Refuses null attributes. */
  public FlagContext {
    Objects.requireNonNull(attributes);
  }

  long timeSeconds() {
    return Math.floorDiv(timeMillis, 1_000L);
  }
}
