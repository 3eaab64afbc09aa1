package dev.thalweg.operators.experiments.drops;

import java.io.Serializable;
import java.time.Duration;

/**
 * How dead letters are joined.
 *
 * @param maxBytes of a refused record that are looked at; of a longer one the beginning
 * @param emit how often what was gathered is sent on, in processing time
 */
public record DropsConfig(int maxBytes, Duration emit) implements Serializable {
  /** Refuses limits that leave nothing. */
  public DropsConfig {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes: must be at least 1, is " + maxBytes);
    }
    if (emit.toMillis() < 1) {
      throw new IllegalArgumentException("emit: must be at least 1ms, is " + emit);
    }
  }
}
