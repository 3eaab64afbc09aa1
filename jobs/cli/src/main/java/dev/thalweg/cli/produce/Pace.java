package dev.thalweg.cli.produce;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds a loop to a number of steps a second; what a pause delayed is caught up with. */
public final class Pace {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final double stepsPerSecond;
  private long start;
  private long steps;

  private Pace(double stepsPerSecond) {
    this.stepsPerSecond = stepsPerSecond;
  }

  /** As fast as it goes. */
  public static Pace unlimited() {
    return new Pace(Double.POSITIVE_INFINITY);
  }

  /** At most so many steps a second. */
  public static Pace perSecond(double steps) {
    if (!(steps > 0)) {
      throw new IllegalArgumentException("a rate must be above 0, not " + steps);
    }
    return new Pace(steps);
  }

  /** Returns when the next step is due. */
  void awaitNext() {
    if (steps == 0) {
      start = System.nanoTime();
    }
    long due = (long) (steps++ / stepsPerSecond * SECOND);
    for (long early = due - elapsed(); early > 0; early = due - elapsed()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(early);
    }
  }

  private long elapsed() {
    return System.nanoTime() - start;
  }
}
