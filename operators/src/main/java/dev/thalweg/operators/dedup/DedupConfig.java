package dev.thalweg.operators.dedup;

import java.io.Serializable;
import java.time.Duration;

/**
 * What counts as seen before.
 *
 * @param enabled whether duplicates are dropped at all
 * @param retention how long after its first arrival an event id is remembered
 */
public record DedupConfig(boolean enabled, Duration retention) implements Serializable {
  /** Refuses a retention below one second. */
  public DedupConfig {
    if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("retention must be at least 1s, is " + retention);
    }
  }
}
