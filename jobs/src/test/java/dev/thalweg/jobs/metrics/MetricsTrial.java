package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.testkit.HeldSource;
import dev.thalweg.jobs.testkit.TrialJob;
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

/**
 * The metrics topology over partitions of events, and a table that it writes to: what was written
 * before a failure stays there, as it does in a database.
 */
final class MetricsTrial implements AutoCloseable {
  private final TrialJob job;
  private final MetricsConfig metrics;
  private final HeldSource events;
  private final ViewTable table = new ViewTable();
  private final CollectingSink<RawRecord> late = new CollectingSink<>();
  private final CollectingSink<Message> refused = new CollectingSink<>();
  private final CollectingLedger ledger = new CollectingLedger();
  private CollectingSink<ViewRow> rows = new CollectingSink<>();

  MetricsTrial(FlinkCluster flink, MetricsConfig metrics, List<List<RawRecord>> partitions) {
    job = new TrialJob(flink);
    this.metrics = metrics;
    events = new HeldSource(partitions);
  }

  /** Takes checkpoints when the test asks for them, and keeps them there. */
  MetricsTrial keepCheckpointsIn(Path directory) {
    job.keepCheckpointsIn(directory);
    return this;
  }

  /** Starts the job; it reads that share of each partition. */
  MetricsTrial start(int parallelism, double share) throws Exception {
    events.holdAt(share);
    table.nextRun();
    job.start(
        parallelism,
        env ->
            MetricsTopology.define(
                env,
                events,
                new CanonicalReading(
                    ContractCatalog::fromClassPath,
                    Optional.empty(),
                    Duration.ofSeconds(10),
                    TrialJob.NEVER),
                metrics,
                new MetricsTopology.Sinks(rows, Optional.empty(), late, refused, ledger)));
    return this;
  }

  /** Reads on. */
  MetricsTrial readTo(double share) {
    events.holdAt(share);
    return this;
  }

  /** Waits until all was read that may be, and all tasks run, so that savepoints can be taken. */
  MetricsTrial awaitRead() {
    job.awaitRunning(() -> events.isHeld());
    return this;
  }

  MetricsTrial checkpoint() throws Exception {
    job.checkpoint();
    return this;
  }

  /** Waits until rows come that were not there before. */
  MetricsTrial awaitMoreThan(int before) {
    TrialJob.awaitOften(() -> written() > before);
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
    job.stop(directory);
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
    job.awaitEnd();
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
