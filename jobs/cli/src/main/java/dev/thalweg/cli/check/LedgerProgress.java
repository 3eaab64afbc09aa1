package dev.thalweg.cli.check;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.Progress;
import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.Duration;

/** Follows a job's ledger until so many records have been decided. */
public final class LedgerProgress {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final PostgresAddress postgres;
  private final String job;
  private final Progress progress;
  private long firstSeen = -1;
  private long firstNanos;
  private long lastSeen;
  private long lastNanos;

  /** Follows the job's ledger in that database. */
  public LedgerProgress(PostgresAddress postgres, String job, Progress progress) {
    this.postgres = postgres;
    this.job = job;
    this.progress = progress;
  }

  /** The ledger now, or an empty one while the database does not answer. */
  public LedgerRow total() {
    try {
      return LedgerView.read(postgres, job).total();
    } catch (SQLException e) {
      return LedgerRow.ZERO;
    }
  }

  /**
   * Returns when the ledger tells of {@code records} consumed.
   *
   * @throws CommandFailure if for {@code patience} it does not grow
   */
  public void await(long records, Duration patience) {
    long grownNanos = System.nanoTime();
    while (true) {
      Waiting.until(() -> total().consumed() > lastSeen, STEP);
      long consumed = total().consumed();
      long now = System.nanoTime();
      if (consumed > lastSeen) {
        note(consumed, now);
        grownNanos = now;
        progress.say("  %,d of %,d in the ledger of %s".formatted(consumed, records, job));
      }
      if (consumed >= records) {
        return;
      }
      if (now - grownNanos > patience.toNanos()) {
        throw CommandFailure.failed(
            "the ledger of %s stays at %d of %d records for %d s: look at the job in the web UI"
                .formatted(job, consumed, records, patience.toSeconds()));
      }
    }
  }

  private void note(long consumed, long now) {
    if (firstSeen < 0) {
      firstSeen = consumed;
      firstNanos = now;
    }
    lastSeen = consumed;
    lastNanos = now;
  }

  /** Records a second between the first and the last growth seen; 0 if it grew but once. */
  public double perSecond() {
    double seconds = (lastNanos - firstNanos) / 1e9;
    return seconds <= 0 ? 0 : (lastSeen - firstSeen) / seconds;
  }
}
