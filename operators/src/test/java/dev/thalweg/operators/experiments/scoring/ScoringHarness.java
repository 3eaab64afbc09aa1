package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * {@link ScoreExperiments} in Flink's harness, for phase 1; watermarks come from the first input
 * alone.
 */
final class ScoringHarness implements AutoCloseable {
  static final Duration LATENESS = Duration.ofHours(48);

  private static final long MINUTE = 60_000;

  private final KeyedTwoInputStreamOperatorTestHarness<
          String, PhaseDelta, PhaseVersion, ExperimentRow>
      flink;
  private long clock;
  private long checkpoint;

  ScoringHarness() throws Exception {
    flink =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new ScoreExperiments(LATENESS, Duration.ofSeconds(5)),
            delta -> delta.shape().key(),
            PhaseVersion::key,
            Types.STRING);
    flink.getExecutionConfig().enableObjectReuse();
    flink.setup(new ExperimentRowSerializer());
  }

  ScoringHarness open() throws Exception {
    flink.open();
    flink.processWatermark2(Watermark.MAX_WATERMARK);
    return this;
  }

  ScoringHarness restore(OperatorSubtaskState state) throws Exception {
    flink.initializeState(state);
    return open();
  }

  ScoringHarness define(ExperimentDefinition definition) throws Exception {
    String first = definition.experiment() + "/1";
    flink.processElement2(new StreamRecord<>(new PhaseVersion(first, definition)));
    return this;
  }

  /** Tells a version to all that it concerns. */
  ScoringHarness tell(ExperimentDefinition definition) throws Exception {
    List<PhaseVersion> told = new ArrayList<>();
    PhaseVersion.tell(definition, new ListCollector<>(told));
    for (PhaseVersion version : told) {
      flink.processElement2(new StreamRecord<>(version));
    }
    return this;
  }

  ScoringHarness process(PhaseDelta... deltas) throws Exception {
    for (PhaseDelta delta : deltas) {
      flink.processElement1(new StreamRecord<>(delta));
    }
    return this;
  }

  /** Lets event time come to the end of that minute from the start. */
  ScoringHarness closed(int minute) throws Exception {
    return watermark(Scorings.START + (minute + 1) * MINUTE - 1);
  }

  ScoringHarness watermark(long watermark) throws Exception {
    flink.processWatermark1(new Watermark(watermark));
    clock += 5000;
    flink.setProcessingTime(clock);
    return this;
  }

  OperatorSubtaskState snapshot() throws Exception {
    flink.prepareSnapshotPreBarrier(++checkpoint);
    return flink.snapshot(checkpoint, checkpoint);
  }

  List<ExperimentRow> drain() {
    List<ExperimentRow> rows = new ArrayList<>(flink.extractOutputValues());
    flink.getOutput().clear();
    return rows;
  }

  /** The rows of that kind. */
  <R extends ExperimentRow> List<R> drain(Class<R> kind) {
    return drain().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Minute from the start, verdict and variant of each decision. */
  List<String> decisions() {
    return drain(ExperimentRow.Decided.class).stream()
        .map(row -> (row.decidedAt() - Scorings.START) / MINUTE + ": " + row.decision().said())
        .toList();
  }

  int stateEntries() {
    return flink.numKeyedStateEntries();
  }

  int timers() {
    return flink.numEventTimeTimers();
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
