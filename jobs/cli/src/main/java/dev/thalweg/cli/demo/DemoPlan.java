package dev.thalweg.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What stream to make. The same plan always makes the same bytes.
 *
 * @param events records in the stream, good, bad and repeated together
 * @param seed of all that is random
 * @param now when the last event happens
 * @param span how long before {@code now} the first one happens
 * @param users known users
 * @param duplicates share of records that repeat an earlier one
 * @param bad share of records that are bad in all kinds of ways, so that the pipeline must refuse
 *     them; where it is 0, no client of an experiment is faulty either
 */
public record DemoPlan(
    long events, long seed, Instant now, Duration span, int users, double duplicates, double bad) {

  private static final Duration DAY = Duration.ofDays(1);

  /** Refuses what makes no stream. */
  public DemoPlan {
    Objects.requireNonNull(now, "now");
    if (events < 1 || users < 1 || span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException("a stream needs events, users and time");
    }
    if (!(duplicates >= 0 && bad >= 0 && duplicates + bad < 1)) {
      throw new IllegalArgumentException("shares of duplicates and bad events must leave room");
    }
  }

  /** The usual mixture: a day of events, 2 % repeated, 1 % bad, some fifty events a user. */
  public static DemoPlan of(long events, long seed, Instant now) {
    int users = (int) Math.min(1_000_000, Math.max(100, events / 50));
    return new DemoPlan(events, seed, now, DAY, users, 0.02, 0.01);
  }
}
