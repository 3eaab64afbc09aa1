package dev.thalweg.jobs.postgres;

import dev.thalweg.operators.metrics.ViewRow;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;

/**
 * Writes rows of views in batches, each in a transaction: when there are many, when the first has
 * waited for a second, and before each checkpoint, so that what a checkpoint covers is written. A
 * failure that lasts fails the job, which writes the rows again from its checkpoint. Rows of none
 * of its tables are passed by.
 */
final class ViewWriter<R extends ViewRow> implements SinkWriter<R> {
  private static final long LONGEST_WAIT_MILLIS = 1000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int MOST_EXPIRED = 10_000;

  private final PostgresViews views;
  private final ProcessingTimeService timers;
  private final Counter written;
  private final RetriedTransactions transactions;
  private final Map<Class<? extends ViewRow>, TableBatch<?>> batches = new LinkedHashMap<>();

  private int waiting;
  private boolean timerSet;
  private long expiredBefore = Long.MIN_VALUE;

  ViewWriter(
      List<ViewTable<? extends R>> tables,
      PostgresViews views,
      ProcessingTimeService timers,
      Counter written,
      Counter failed) {
    this.views = views;
    this.timers = timers;
    this.written = written;
    transactions = new RetriedTransactions(views.postgres(), views.patience(), failed);
    tables.forEach(table -> batches.put(table.rows(), new TableBatch<>(table)));
  }

  @Override
  public void write(R row, Context context) throws IOException, InterruptedException {
    TableBatch<?> batch = batches.get(row.getClass());
    if (batch == null) {
      return;
    }
    batch.add(row);
    waiting++;
    if (waiting >= views.batchSize()) {
      flush(false);
    } else if (!timerSet) {
      timerSet = true;
      timers.registerTimer(
          timers.getCurrentProcessingTime() + LONGEST_WAIT_MILLIS, time -> flushWaited());
    }
  }

  private void flushWaited() throws IOException, InterruptedException {
    timerSet = false;
    flush(false);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (waiting == 0) {
      return;
    }
    transactions.run(
        connection -> {
          for (TableBatch<?> batch : batches.values()) {
            batch.write(connection, views.epoch());
          }
        });
    for (TableBatch<?> batch : batches.values()) {
      written.inc(batch.size());
      batch.clear();
    }
    waiting = 0;
    expire();
  }

  /** Once an hour of event time what is too old is removed, some rows at a time. */
  private void expire() throws IOException, InterruptedException {
    long latest = batches.values().stream().mapToLong(TableBatch::latestStart).max().getAsLong();
    if (views.retention().isZero() || latest == Long.MIN_VALUE) {
      return;
    }
    long horizon = Math.floorDiv(latest - views.retention().toMillis(), HOUR_MILLIS) * HOUR_MILLIS;
    if (horizon > expiredBefore) {
      for (TableBatch<?> batch : batches.values()) {
        expire(batch.table(), horizon);
      }
      expiredBefore = horizon;
    }
  }

  private void expire(ViewTable<?> table, long horizon) throws IOException, InterruptedException {
    int[] removed = new int[1];
    do {
      transactions.run(
          connection -> {
            try (PreparedStatement delete = connection.prepareStatement(table.expire())) {
              delete.setObject(1, Instant.ofEpochMilli(horizon).atOffset(ZoneOffset.UTC));
              delete.setInt(2, MOST_EXPIRED);
              removed[0] = delete.executeUpdate();
            }
          });
    } while (removed[0] == MOST_EXPIRED);
  }

  @Override
  public void close() {
    transactions.close();
  }
}
