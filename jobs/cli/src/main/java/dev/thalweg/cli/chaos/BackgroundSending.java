package dev.thalweg.cli.chaos;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.produce.EventSender;
import dev.thalweg.cli.produce.Pace;
import dev.thalweg.cli.produce.SendProgress;
import dev.thalweg.cli.produce.SendReport;
import dev.thalweg.cli.record.OutgoingRecord;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends records at a rate while others do other things, until told to end. */
final class BackgroundSending implements AutoCloseable {
  private final CompletableFuture<SendReport> report;
  private volatile boolean ending;

  BackgroundSending(EventSender sender, Iterator<OutgoingRecord> records, double perSecond) {
    report =
        CompletableFuture.supplyAsync(
            () -> sender.send(until(records), Pace.perSecond(perSecond), SendProgress.silent()));
  }

  private Iterator<OutgoingRecord> until(Iterator<OutgoingRecord> records) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !ending && records.hasNext();
      }

      @Override
      public OutgoingRecord next() {
        return records.next();
      }
    };
  }

  /** Fails if sending has failed, or ran out of records. */
  void requireHealthy() {
    if (report.isDone()) {
      end();
      throw CommandFailure.failed(
          "trial: all records were sent before the faults were over: give more");
    }
  }

  /** Ends sending; answers how many records the broker has. */
  long end() {
    ending = true;
    try {
      return report.join().acknowledged();
    } catch (CompletionException e) {
      throw CommandFailure.failed("trial: sending failed: " + RootCause.of(e), e);
    }
  }

  @Override
  public void close() {
    ending = true;
    report.exceptionally(e -> null).join();
  }
}
