package dev.thalweg.operators.experiments.attribution;

import java.io.Serializable;
import java.time.Duration;

/**
 * How outcomes are attributed.
 *
 * @param lateness how far behind event time an event may come and still correct what was said
 * @param retention how long a unit is remembered after its last event, in event time
 * @param emit how often changes are sent on, in processing time
 */
public record AttributionConfig(Duration lateness, Duration retention, Duration emit)
    implements Serializable {
  /** Refuses negative times, and a unit that is forgotten while events of it may come. */
  public AttributionConfig {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("lateness: must not be negative, is " + lateness);
    }
    if (retention.compareTo(lateness) <= 0) {
      throw new IllegalArgumentException(
          "retention: must be above the lateness of %s, is %s".formatted(lateness, retention));
    }
    if (emit.toMillis() < 1) {
      throw new IllegalArgumentException("emit: must be at least 1ms, is " + emit);
    }
  }
}
