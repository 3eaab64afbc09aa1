package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.experiments.ExperimentOutput.Assignment;
import dev.thalweg.jobs.experiments.ExperimentOutput.Routed;
import dev.thalweg.jobs.testkit.HeldSource;
import dev.thalweg.jobs.testkit.TrialJob;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.ledger.PartitionCounts;
import dev.thalweg.operators.testkit.CollectingLedger;
import dev.thalweg.operators.testkit.CollectingSink;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The experiments topology over partitions of events, and a table that it writes to: what was
 * written before a failure stays there, as it does in a database.
 */
final class ExperimentsTrial implements AutoCloseable {
  private final TrialJob job;
  private final HeldSource events;
  private final HeldSource definitions;
  private final HeldSource letters;
  private final int versions;
  private final Duration disorder;
  private final ExperimentTable table = new ExperimentTable();
  private final CollectingSink<ExperimentOutput> outputs = new CollectingSink<>();
  private final CollectingLedger ledger = new CollectingLedger();
  private CollectingSink<ExperimentRow> rows = new CollectingSink<>();

  ExperimentsTrial(
      FlinkCluster flink,
      List<ExperimentDefinition> definitions,
      List<List<RawRecord>> partitions,
      List<List<RawRecord>> letters,
      Duration disorder) {
    job = new TrialJob(flink);
    this.disorder = disorder;
    events = new HeldSource(partitions);
    this.letters = new HeldSource(letters);
    versions = definitions.size();
    this.definitions = new HeldSource(List.of(records(definitions)));
  }

  /** One more than there are, which is read last, so that the topic does not end before events. */
  private static List<RawRecord> records(List<ExperimentDefinition> definitions) {
    List<ExperimentDefinition> all = new ArrayList<>(definitions);
    all.add(definitions.get(0));
    List<RawRecord> records = new ArrayList<>();
    for (ExperimentDefinition definition : all) {
      records.add(
          new RawRecord(
              definition.key().getBytes(StandardCharsets.UTF_8),
              DefinitionJson.write(definition).getBytes(StandardCharsets.UTF_8),
              new Origin("experiments.definitions", 0, records.size(), 0)));
    }
    return records;
  }

  /** Takes checkpoints when the test asks for them, and keeps them there. */
  ExperimentsTrial keepCheckpointsIn(Path directory) {
    job.keepCheckpointsIn(directory);
    return this;
  }

  /** Starts the job; it reads that share of each partition, less than all. */
  ExperimentsTrial start(int parallelism, double share) throws Exception {
    readTo(share);
    table.nextRun();
    int last = versions - 1;
    job.start(
        parallelism,
        env ->
            ExperimentsTopology.define(
                env,
                new ExperimentsTopology.Sources(
                    events, definitions, () -> Map.of(0, (long) last), Optional.of(letters)),
                new CanonicalReading(
                    ContractCatalog::fromClassPath, Optional.empty(), disorder, TrialJob.NEVER),
                new AttributionConfig(
                    Duration.ofHours(48), Duration.ofDays(90), Duration.ofMillis(50)),
                new ExperimentsTopology.Sinks(rows, outputs, Optional.empty(), ledger)));
    return this;
  }

  /** Reads on. */
  ExperimentsTrial readTo(double share) {
    events.holdAt(share);
    letters.holdAt(share);
    definitions.holdAt(versions / (versions + 0.5));
    return this;
  }

  /**
   * Reads to the end: first the dead letters, as phases end with the last event and take no more;
   * with the last events the definitions.
   */
  ExperimentsTrial readToEnd() {
    letters.holdAt(1);
    TrialJob.awaitOften(() -> dropped() == ExperimentsStream.EXPOSURES_REFUSED);
    events.holdAt(1);
    definitions.holdAt(1);
    return this;
  }

  /** How many exposures were refused, as rows tell it. */
  private long dropped() {
    ExperimentTable soFar = table.copy();
    rows.collected().forEach(soFar::write);
    return soFar.dropped();
  }

  /** Waits until all was read that may be, and all tasks run, so that savepoints can be taken. */
  ExperimentsTrial awaitRead() {
    job.awaitRunning(() -> events.isHeld() && definitions.isHeld() && letters.isHeld());
    return this;
  }

  ExperimentsTrial checkpoint() throws Exception {
    job.checkpoint();
    return this;
  }

  /** Waits until rows come that were not there before. */
  ExperimentsTrial awaitMoreThan(int before) {
    TrialJob.awaitOften(() -> written() > before);
    return this;
  }

  int written() {
    return rows.collected().size();
  }

  /** Where reading of events began, but for the first time. */
  List<Integer> begunAgain() {
    List<Integer> all = events.begun();
    return all.subList(ExperimentsStream.PARTITIONS, all.size());
  }

  /** Stops with a savepoint, from which the next start goes on. */
  ExperimentsTrial stop(Path directory) throws Exception {
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

  /** What the rows say by key, once all was read to the end. */
  Map<String, String> rows() throws Exception {
    readToEnd();
    job.awaitEnd();
    store();
    PartitionCounts total = ledger.sum();
    assertThat(total.late()).as("events that came too late").isZero();
    assertThat(total.deadLetter()).isZero();
    return table.contents();
  }

  /**
   * What was sent on beside rows, in order of text: by route the places of events, and which units
   * entered which phases. After a failure what was written before it is there, too.
   */
  Map<String, List<String>> sentOn() {
    Map<String, List<String>> sent = new TreeMap<>();
    for (ExperimentOutput output : outputs.collected()) {
      if (output instanceof Routed routed) {
        add(sent, "route " + routed.routed().route(), routed.routed().record().origin());
      } else if (output instanceof Assignment assigned) {
        UnitAssignment assignment = assigned.assignment();
        add(
            sent,
            "entered %s/%d".formatted(assignment.experiment(), assignment.phase()),
            assignment.unit());
      }
    }
    sent.values().forEach(Collections::sort);
    return sent;
  }

  private static void add(Map<String, List<String>> sent, String where, Object what) {
    sent.computeIfAbsent(where, key -> new ArrayList<>()).add(what.toString());
  }

  @Override
  public void close() {
    rows.close();
    outputs.close();
    ledger.forget();
    events.close();
    definitions.close();
    letters.close();
  }
}
