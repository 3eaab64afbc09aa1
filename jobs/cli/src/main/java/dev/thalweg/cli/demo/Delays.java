package dev.thalweg.cli.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/** How long events are on their way: most a moment, some a minute, a few hours. */
final class Delays {

  private static final int HOURS_OF_HUNDRED = 2;
  private static final int MINUTES_OF_HUNDRED = 15;
  private static final long MOMENT = Duration.ofSeconds(2).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long HOURS = Duration.ofHours(4).toMillis();

  private final SplittableRandom random;

  Delays(SplittableRandom random) {
    this.random = random;
  }

  long draw() {
    int draw = random.nextInt(100);
    if (draw < HOURS_OF_HUNDRED) {
      return random.nextLong(HOURS);
    }
    return random.nextLong(draw < MINUTES_OF_HUNDRED ? MINUTE : MOMENT);
  }
}
