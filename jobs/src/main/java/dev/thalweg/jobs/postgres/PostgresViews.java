package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.metrics.ViewRow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes rows of views to PostgreSQL, each once its version is at least that of the row there: what
 * is written again after a failure, or late, changes nothing. Rows with one key must come to one
 * writer, in order.
 *
 * @param postgres where
 * @param epoch the run, whose number stands in front of versions
 * @param retention how long rows stay after the beginning of their window, in event time; zero for
 *     ever
 * @param batchSize how many rows are written together
 * @param patience how long the database may be away, or a table locked, until the job fails
 */
public record PostgresViews(
    PostgresConfig postgres, RunEpoch epoch, Duration retention, int batchSize, Duration patience)
    implements Sink<ViewRow> {
  private static final int USUAL_BATCH = 1000;
  private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

  /** Refuses missing parts, and batches of nothing. */
  public PostgresViews {
    Objects.requireNonNull(postgres, "postgres");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(patience, "patience");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize: must be at least 1, is " + batchSize);
    }
  }

  /** With usual batches and patience. */
  public PostgresViews(PostgresConfig postgres, RunEpoch epoch, Duration retention) {
    this(postgres, epoch, retention, USUAL_BATCH, USUAL_PATIENCE);
  }

  @Override
  public SinkWriter<ViewRow> createWriter(WriterInitContext context) {
    return writer(MetricTables.ALL, context);
  }

  /** A writer of these tables. */
  <R extends ViewRow> ViewWriter<R> writer(
      List<ViewTable<? extends R>> tables, WriterInitContext context) {
    MetricGroup metrics = context.metricGroup();
    return new ViewWriter<>(
        tables,
        this,
        context.getProcessingTimeService(),
        metrics.counter("view_rows_written"),
        metrics.counter("view_writes_failed"));
  }
}
