package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the events of a subject are grouped into sessions.
 *
 * @param gap the longest time between two events of one session; a longer one splits
 */
public record SessionDefinition(Duration gap) implements Serializable {
  /** Refuses a gap below a millisecond or above 30 days. */
  public SessionDefinition {
    WindowLengths.checkGap("gap", gap);
  }
}
