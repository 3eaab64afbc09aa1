package dev.thalweg.operators.dedup;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What counts as seen before.
 *
 * @param enabled whether duplicates are dropped at all
 * @param retention how long after its first arrival an event id is remembered
 */
public record DedupConfig(boolean enabled, Duration retention) implements Serializable {
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** Refuses a retention below one second, or above ten years. */
  public DedupConfig {
    Objects.requireNonNull(retention, "retention");
    if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("retention must be at least 1s, is " + retention);
    }
    if (retention.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("retention must be at most 3650d, is " + retention);
    }
  }
}
