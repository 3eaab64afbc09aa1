package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Minutes close, decisions follow, and nothing but the minutes of events decides. */
final class ScoreExperimentsTest {
  private static final long MINUTE = 60_000;
  private static final Duration LATENESS = Duration.ofHours(48);
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);

  /** The operator in Flink's harness; watermarks come from the first input alone. */
  private static final class Harness implements AutoCloseable {
    private final KeyedTwoInputStreamOperatorTestHarness<
            String, PhaseDelta, ExperimentDefinition, ExperimentRow>
        flink;
    private long clock;
    private long checkpoint;

    Harness() throws Exception {
      flink =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new ScoreExperiments(LATENESS, Duration.ofSeconds(5)),
              delta -> delta.shape().experiment() + "/" + delta.shape().phase(),
              definition -> definition.experiment() + "/" + definition.phase(),
              Types.STRING);
      flink.getExecutionConfig().enableObjectReuse();
      flink.setup(new ExperimentRowSerializer());
    }

    Harness open() throws Exception {
      flink.open();
      flink.processWatermark2(Watermark.MAX_WATERMARK);
      return this;
    }

    Harness restore(OperatorSubtaskState state) throws Exception {
      flink.initializeState(state);
      return open();
    }

    Harness define(ExperimentDefinition definition) throws Exception {
      flink.processElement2(new StreamRecord<>(definition));
      return this;
    }

    Harness process(PhaseDelta... deltas) throws Exception {
      for (PhaseDelta delta : deltas) {
        flink.processElement1(new StreamRecord<>(delta));
      }
      return this;
    }

    /** Lets event time come to the end of that minute from the start. */
    Harness closed(int minute) throws Exception {
      return watermark(START + (minute + 1) * MINUTE - 1);
    }

    Harness watermark(long watermark) throws Exception {
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

    /** Minute from the start, verdict and variant of each decision. */
    List<String> decisions() {
      return drain().stream()
          .filter(ExperimentRow.Decided.class::isInstance)
          .map(ExperimentRow.Decided.class::cast)
          .map(row -> (row.decidedAt() - START) / MINUTE + ": " + row.decision().said())
          .toList();
    }

    @Override
    public void close() throws Exception {
      flink.close();
    }
  }

  private static PhaseDelta minute(int minute, double[]... arms) {
    return Scorings.delta(DEFINITION, START / MINUTE + minute, arms);
  }

  /** A minute with a tenth less of those that stay in the second arm. */
  private static PhaseDelta regression(int minute) {
    return minute(minute, Scorings.arm(25_000, 0.1, 0.5), Scorings.arm(25_000, 0.1, 0.45));
  }

  private static PhaseDelta calm(int minute) {
    return minute(minute, Scorings.arm(400, 0.1, 0.5), Scorings.arm(400, 0.1, 0.5));
  }

  @Test
  void regressionIsTakenBackWithinTwoClosedMinutes() throws Exception {
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(calm(0), regression(1), regression(2), regression(3));
      score.closed(0);
      assertThat(score.decisions()).containsExactly("1: continue");
      score.closed(3);
      assertThat(score.decisions()).isSubsetOf("2: rollback v1", "3: rollback v1").hasSize(1);
    }
  }

  @Test
  void openMinutesAreOnTheScorecardAndDecideNothing() throws Exception {
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(regression(0), regression(1)).closed(-1);
      List<ExperimentRow> rows = score.drain();
      assertThat(rows)
          .filteredOn(ExperimentRow.Score.class::isInstance)
          .hasSize(4)
          .allSatisfy(
              row -> {
                assertThat(((ExperimentRow.Score) row).row().units()).isEqualTo(50_000);
                assertThat(row.version()).isEqualTo(2);
              });
      assertThat(rows).noneMatch(ExperimentRow.Decided.class::isInstance);
      assertThat(rows)
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .singleElement()
          .satisfies(row -> assertThat(((ExperimentRow.Health) row).status()).isEqualTo("ok"));
    }
  }

  @Test
  void neitherGroupingNorOrderNorFailuresDecide() throws Exception {
    List<PhaseDelta> parts = new ArrayList<>();
    Random random = new Random(5);
    for (int minute = 0; minute < 90; minute++) {
      for (int part = 0; part < 3; part++) {
        double shift = minute < 40 ? 0 : 0.05;
        parts.add(
            minute(
                minute,
                Scorings.arm(20 + random.nextInt(30), 0.3, 0.5),
                Scorings.arm(20 + random.nextInt(30), 0.3 + shift, 0.5)));
      }
    }
    List<ExperimentRow> expected = rows(parts, 90, 90);
    assertThat(expected).filteredOn(ExperimentRow.Decided.class::isInstance).isNotEmpty();
    for (int trial = 0; trial < 5; trial++) {
      Collections.shuffle(parts, random);
      assertThat(rows(parts, 1 + random.nextInt(90), 90)).isEqualTo(expected);
    }
  }

  /** All decisions, and the last of the other rows; there is a failure after that minute. */
  private static List<ExperimentRow> rows(List<PhaseDelta> parts, int failure, int minutes)
      throws Exception {
    List<ExperimentRow> rows = new ArrayList<>();
    OperatorSubtaskState state;
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(parts.toArray(PhaseDelta[]::new)).closed(failure);
      state = score.snapshot();
      rows.addAll(score.drain());
    }
    try (Harness score = new Harness().restore(state)) {
      rows.addAll(score.define(DEFINITION).closed(minutes).drain());
      rows.removeIf(row -> !(row instanceof ExperimentRow.Decided));
      score.define(DEFINITION).snapshot();
      rows.addAll(score.drain());
    }
    return rows;
  }

  @Test
  void minutesWaitForTheDefinition() throws Exception {
    try (Harness score = new Harness().open()) {
      score.process(calm(0), regression(1), regression(2)).closed(10);
      assertThat(score.drain()).isEmpty();
      score.define(DEFINITION);
      assertThat(score.decisions()).containsExactly("1: continue", "2: rollback v1");
    }
  }

  @Test
  void whatComesForAClosedMinuteChangesTheScorecardAndNoDecision() throws Exception {
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(calm(0), calm(20)).closed(30).drain();
      score.process(regression(5), regression(30)).closed(40);
      List<ExperimentRow> rows = score.drain();
      assertThat(rows).noneMatch(ExperimentRow.Decided.class::isInstance);
      assertThat(rows)
          .filteredOn(ExperimentRow.Score.class::isInstance)
          .allSatisfy(
              row -> assertThat(((ExperimentRow.Score) row).row().units()).isEqualTo(50_800));
      score.process(calm(41)).closed(41);
      assertThat(score.decisions()).containsExactly("42: rollback v1");
    }
  }

  @Test
  void minuteIsOpenUntilItsLastMoment() throws Exception {
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(calm(0), regression(1)).watermark(START + 2 * MINUTE - 2);
      score.process(regression(1));
      assertThat(score.decisions()).containsExactly("1: continue");
      score.closed(1);
      assertThat(score.decisions()).containsExactly("2: rollback v1");
    }
  }

  @Test
  void sampleRatioThatWasBrokenStaysBroken() throws Exception {
    try (Harness score = new Harness().open().define(DEFINITION)) {
      score.process(minute(0, Scorings.arm(900, 0.1, 0.5), Scorings.arm(300, 0.1, 0.5)));
      score.process(minute(1, Scorings.arm(300, 0.1, 0.5), Scorings.arm(900, 0.1, 0.5)));
      score.closed(2);
      assertThat(score.decisions()).containsExactly("1: review");
      score.process(calm(3)).closed(3);
      assertThat(score.drain())
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .singleElement()
          .satisfies(
              row -> {
                ExperimentRow.Health health = (ExperimentRow.Health) row;
                assertThat(health.status()).isEqualTo("sample_ratio_mismatch");
                assertThat(health.sequentialSampleRatio()).isLessThan(1e-6);
                assertThat(health.sampleRatio()).isEqualTo(1);
              });
    }
  }

  @Test
  void policyActsFromItsTimeOn() throws Exception {
    long from = START + 5 * MINUTE;
    ExperimentDefinition strict = Scorings.definition(-0.02, 50, 50);
    ExperimentDefinition lenient =
        Scorings.definition(2, from, ExperimentDefinition.NEVER, 1_000_000, -0.02, 50, 50);
    try (Harness score = new Harness().open().define(strict).define(lenient)) {
      score.process(regression(3), regression(6)).closed(10);
      assertThat(score.decisions()).containsExactly("4: rollback v1", "7: continue");
    }
  }

  @Test
  void nothingIsLeftWhenTheExperimentHasLongStopped() throws Exception {
    ExperimentDefinition stopping =
        Scorings.definition(1, START, START + 10 * MINUTE, 1000, -0.02, 50, 50);
    try (Harness score = new Harness().open().define(stopping)) {
      score.process(calm(0)).closed(0);
      score.flink.processWatermark1(new Watermark(START + 10 * MINUTE + LATENESS.toMillis() - 1));
      score.flink.setProcessingTime(60_000);
      assertThat(score.flink.numKeyedStateEntries()).isEqualTo(2);
      score.flink.processWatermark1(new Watermark(START + 10 * MINUTE + LATENESS.toMillis()));
      score.flink.setProcessingTime(120_000);
      assertThat(score.flink.numKeyedStateEntries()).isZero();
      assertThat(score.flink.numEventTimeTimers()).isZero();
    }
  }
}
