package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes rows of experiments to PostgreSQL as {@link PostgresViews} does those of metrics. They
 * stay for ever. Documents are for Kafka alone, and passed by.
 */
public final class PostgresExperiments implements Sink<ExperimentRow> {
  private static final long serialVersionUID = 1L;

  private final PostgresViews views;

  /** With usual batches and patience. */
  public PostgresExperiments(PostgresConfig postgres, RunEpoch epoch) {
    views = new PostgresViews(postgres, epoch, Duration.ZERO);
  }

  @Override
  public SinkWriter<ExperimentRow> createWriter(WriterInitContext context) {
    return views.writer(ExperimentTables.ALL, context);
  }
}
