package dev.thalweg.operators.experiments.selection;

import java.io.Serializable;
import java.time.Duration;

/**
 * How events are selected for experiments.
 *
 * @param lateness how far behind event time an event may come and still count
 * @param emit how often what was gathered is sent on, in processing time
 */
public record SelectionConfig(Duration lateness, Duration emit) implements Serializable {
  /** Refuses negative times. */
  public SelectionConfig {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness: must not be negative, is " + lateness);
    }
    if (emit.toMillis() < 1) {
      throw new IllegalArgumentException("emit: must be at least 1ms, is " + emit);
    }
  }

  /** No event of that time or before counts once the watermark is there. */
  long horizon(long watermark) {
    long millis = lateness.toMillis();
    return watermark < Long.MIN_VALUE + millis ? Long.MIN_VALUE : watermark - millis;
  }
}
