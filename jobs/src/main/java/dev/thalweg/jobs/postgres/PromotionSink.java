package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.kafka.DefinitionLog;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * Publishes the next versions of definitions that decisions bring along, each once: a row of {@code
 * experiment_promotions} and the topic together are the compare-and-set. Other rows are passed by.
 * For one subtask.
 *
 * @param postgres where the rows are
 * @param definitions where versions are published
 * @param epoch the run: a promotion that an earlier one, or itself before a failure, left
 *     unpublished gives way
 * @param isLive whether this run may promote; a replay or a backfill must not
 * @param patience how long database or brokers may be away until the job fails
 */
public record PromotionSink(
    PostgresConfig postgres,
    DefinitionLog definitions,
    RunEpoch epoch,
    boolean isLive,
    Duration patience)
    implements Sink<ExperimentRow> {
  private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

  /** Refuses missing parts. */
  public PromotionSink {
    Objects.requireNonNull(postgres, "postgres");
    Objects.requireNonNull(definitions, "definitions");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(patience, "patience");
  }

  /** With usual patience. */
  public PromotionSink(
      PostgresConfig postgres, DefinitionLog definitions, RunEpoch epoch, boolean isLive) {
    this(postgres, definitions, epoch, isLive, USUAL_PATIENCE);
  }

  @Override
  public SinkWriter<ExperimentRow> createWriter(WriterInitContext context) {
    MetricGroup metrics = context.metricGroup();
    return new PromotionWriter(
        this,
        definitions::open,
        new PromotionWriter.Counters(
            metrics.counter("promotions_published"),
            metrics.counter("promotions_lost"),
            metrics.counter("promotion_attempts_failed")));
  }
}
