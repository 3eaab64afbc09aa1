package dev.thalweg.cli.produce;

import java.time.Duration;

/**
 * What became of records that were sent.
 *
 * @param acknowledged records the broker has
 * @param tooLarge records refused for their size
 * @param firstTooLarge line of the first of them, 0 if there is none
 * @param duration how long it took until the last acknowledgement
 */
public record SendReport(long acknowledged, long tooLarge, long firstTooLarge, Duration duration) {

  /** Records acknowledged in a second. */
  public double perSecond() {
    return acknowledged / Math.max(1e-9, duration.toNanos() / 1e9);
  }
}
