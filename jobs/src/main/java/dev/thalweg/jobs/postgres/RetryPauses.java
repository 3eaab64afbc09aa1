package dev.thalweg.jobs.postgres;

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
}
