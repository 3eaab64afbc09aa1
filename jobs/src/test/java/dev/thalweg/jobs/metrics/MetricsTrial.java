package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.testkit.HeldSource;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.testkit.CollectingLedger;
import dev.thalweg.operators.testkit.CollectingSink;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.ViewTable;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The metrics topology over partitions of events, and a table that it writes to: what was written
 * before a failure stays there, as it does in a database.
 */
final class MetricsTrial implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than any test: time is held back by what is to be read, never by a slow machine. */
  private static final Duration NEVER = Duration.ofHours(1);

  private final FlinkCluster flink;
  private final MetricsConfig metrics;
  private final HeldSource events;
  private final ViewTable table = new ViewTable();
  private final Configuration settings = new Configuration();
  private final CollectingSink<RawRecord> late = new CollectingSink<>();
  private final CollectingSink<Message> refused = new CollectingSink<>();
  private final CollectingLedger ledger = new CollectingLedger();
  private CollectingSink<ViewRow> rows = new CollectingSink<>();
  private JobClient job;

  MetricsTrial(FlinkCluster flink, MetricsConfig metrics, List<List<RawRecord>> partitions) {
    this.flink = flink;
    this.metrics = metrics;
    events = new HeldSource(partitions);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(5));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
  }

  /** Takes checkpoints when the test asks for them, and keeps them there. */
  MetricsTrial keepCheckpointsIn(Path directory) {
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri() + "");
    return this;
  }

  /** Starts the job; it reads that share of each partition. */
  MetricsTrial start(int parallelism, double share) throws Exception {
    events.holdAt(share);
    table.nextRun();
    StreamExecutionEnvironment env = flink.env(settings);
    env.setParallelism(parallelism);
    MetricsTopology.define(
        env,
        events,
        new CanonicalReading(
            ContractCatalog::fromClassPath, Optional.empty(), Duration.ofSeconds(10), NEVER),
        metrics,
        new MetricsTopology.Sinks(rows, Optional.empty(), late, refused, ledger));
    job = env.executeAsync("metrics");
    return this;
  }

  /** Reads on. */
  MetricsTrial readTo(double share) {
    events.holdAt(share);
    return this;
  }

  /** Waits until all was read that may be, and all tasks run, so that savepoints can be taken. */
  MetricsTrial awaitRead() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> events.isHeld() && isRunning());
    return this;
  }

  private boolean isRunning() throws Exception {
    for (var task :
        flink.cluster().getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  MetricsTrial checkpoint() throws Exception {
    flink
        .cluster()
        .triggerCheckpoint(job.getJobID(), CheckpointType.FULL)
        .get(60, TimeUnit.SECONDS);
    return this;
  }

  /** Waits until rows come that were not there before. */
  MetricsTrial awaitMoreThan(int before) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> written() > before);
    return this;
  }

  int written() {
    return rows.collected().size();
  }

  /** Where reading of partitions began, but for the first time. */
  List<Integer> begunAgain() {
    List<Integer> all = events.begun();
    return all.subList(MetricsStream.PARTITIONS, all.size());
  }

  /** Stops with a savepoint, from which the next start goes on. */
  MetricsTrial stop(Path directory) throws Exception {
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri() + "", SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    store();
    return this;
  }

  /** What was written of this run goes to the table before anything of the next does. */
  private void store() {
    rows.collected().forEach(table::write);
    rows.close();
    rows = new CollectingSink<>();
  }

  /** The views, once all was read to the end. */
  Map<String, String> views() throws Exception {
    job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
    store();
    assertThat(late.collected()).as("events that came too late").isEmpty();
    return table.contents();
  }

  @Override
  public void close() {
    rows.close();
    late.close();
    events.close();
  }
}
