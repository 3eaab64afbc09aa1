package dev.thalweg.jobs.postgres;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pauses between attempts at one thing: a quarter of a second, doubled up to ten seconds. */
final class RetryPauses {
  private static final long LONGEST_MILLIS = 10_000;

  private long millis = 250;

  /** How long to wait before the next attempt. */
  long nextMillis() {
    long pause = millis;
    millis = Math.min(LONGEST_MILLIS, pause * 2);
    return pause;
  }

  /** Waits until the next attempt, unless interrupted. */
  void pause() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(nextMillis());
    for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while waiting to try again");
      }
      LockSupport.parkNanos(rest);
    }
  }
}
