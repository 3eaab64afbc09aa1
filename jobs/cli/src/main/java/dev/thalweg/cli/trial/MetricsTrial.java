package dev.thalweg.cli.trial;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.metrics.MetricsTopology;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.MessageSerializer;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.event.RawRecordSerializer;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.MetricsTypes;
import dev.thalweg.operators.metrics.ViewRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the metrics topology over the accepted events of a trial, in this process. */
public final class MetricsTrial {
  private static final Duration DISORDER = Duration.ofSeconds(10);

  private final CatalogFactory contracts;
  private final MetricsConfig metrics;
  private final Path directory;

  /**
   * A trial.
   *
   * @param directory the working directory of the trial whose events are counted
   */
  public MetricsTrial(CatalogFactory contracts, MetricsConfig metrics, Path directory) {
    this.contracts = contracts;
    this.metrics = metrics;
    this.directory = directory;
  }

  /** The views over all accepted events, in their order. */
  public TrialViews run(TrialResult ingested) throws Exception {
    TrialViews views = new TrialViews();
    if (ingested.accepted().count() == 0) {
      return views;
    }
    Spool<ViewRow> rows =
        new Spool<>(
            directory.resolve("rows"),
            MetricsTypes.VIEW_ROW.createSerializer(new SerializerConfigImpl()));
    Spool<RawRecord> late = new Spool<>(directory.resolve("late"), new RawRecordSerializer());
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    MetricsTopology.define(
        env,
        ingested.accepted().source(),
        new CanonicalReading(contracts, Optional.empty(), DISORDER, DISORDER),
        metrics,
        new MetricsTopology.Sinks(
            rows,
            Optional.empty(),
            late,
            new Spool<>(directory.resolve("refused"), new MessageSerializer()),
            new LedgerFile(directory.resolve("metrics-ledger"))));
    env.execute("try");
    rows.read(views::apply);
    views.late(count(late));
    return views;
  }

  private static long count(Spool<RawRecord> spool) throws IOException {
    AtomicLong count = new AtomicLong();
    spool.read(record -> count.incrementAndGet());
    return count.get();
  }
}
