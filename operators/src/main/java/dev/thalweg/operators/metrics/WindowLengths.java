package dev.thalweg.operators.metrics;

import java.time.Duration;

/** Which lengths windows may have. */
final class WindowLengths {
  static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3660);
  private static final Duration LONGEST_GAP = Duration.ofDays(30);
  private static final int MOST_PARTS = 10_000;

  private WindowLengths() {}

  static void check(String kind, Duration size) {
    if (size.toMillis() < 1 || size.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(kind + ": must be from 1ms to 3660d, is " + size);
    }
    boolean days = size.toMillis() % DAY.toMillis() == 0;
    if (!days && DAY.toMillis() % size.toMillis() != 0) {
      throw new IllegalArgumentException(
          kind + ": must be days, or a part that fits a day evenly, is " + size);
    }
  }

  static void checkGap(String kind, Duration gap) {
    if (gap.toMillis() < 1 || gap.compareTo(LONGEST_GAP) > 0) {
      throw new IllegalArgumentException(kind + ": must be from 1ms to 30d, is " + gap);
    }
  }

  static void checkPart(String kind, Duration size, Duration every) {
    check("every", every);
    if (size.toMillis() % every.toMillis() != 0
        || size.toMillis() / every.toMillis() > MOST_PARTS) {
      throw new IllegalArgumentException(
          "%s: %s must be a multiple of every: %s, at most %d times"
              .formatted(kind, size, every, MOST_PARTS));
    }
  }

  /** Whether such windows follow the calendar. */
  static boolean isDays(Duration length) {
    return length.toMillis() % DAY.toMillis() == 0;
  }
}
