package dev.thalweg.operators.experiments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.testkit.TwoInputHarness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** Records wait for definitions, through failures and other parallelisms. */
final class ExperimentsOperatorTest {
  private static final int EMIT = 1_000;
  private static final long LATENESS = 50;

  /** Says of each record how many versions are known, and the last of them. */
  private static final class Tells extends ExperimentsOperator<String> {
    private static final long serialVersionUID = 1L;

    private transient String known;
    private transient int uses;
    private transient int waits;

    Tells() {
      super(Duration.ofMillis(EMIT), Duration.ofMillis(LATENESS));
    }

    @Override
    protected void use(List<ExperimentDefinition> all) {
      uses++;
      known = String.join(",", all.stream().map(ExperimentDefinition::key).toList());
    }

    @Override
    protected void process(RawRecord record) {
      String told = text(record) + " knows " + known + " in use " + uses + ", wait " + waits;
      output.collect(new StreamRecord<>(told));
    }

    @Override
    protected void countWaiting(RawRecord record, int change) {
      waits += change;
    }

    @Override
    protected void flush() {
      output.collect(new StreamRecord<>("flush"));
    }
  }

  private static TwoInputHarness.Plan<RawRecord, ExperimentDefinition, String> plan() {
    return TwoInputHarness.of(Tells::new, Types.STRING);
  }

  /** Its definitions were read. */
  private static TwoInputHarness<RawRecord, ExperimentDefinition, String> opened()
      throws Exception {
    return plan().open().secondIdle();
  }

  private static String text(RawRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static RawRecord record(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return new RawRecord(null, value, new Origin("events.canonical", 0, 0, 0));
  }

  private static ExperimentDefinition checkout(int version) {
    ExperimentDefinition definition = Definitions.checkout();
    for (int i = 1; i < version; i++) {
      definition = Definitions.checkout().after(definition);
    }
    return definition;
  }

  @Test
  void versionsThatEndedLongerThanTheLatenessAgoAreNotUsed() throws Exception {
    ExperimentDefinition first = checkout(1);
    ExperimentDefinition second =
        PhasesTest.changed(first, "effectiveFrom", first.effectiveFrom() + 100).after(first);
    try (var tells = opened()) {
      tells.second(first, second).first(record("a"));
      tells.watermark(second.effectiveFrom() + LATENESS).first(record("b"));
      tells.watermark(second.effectiveFrom() + LATENESS + 1).first(record("c"), record("d"));
      tells.watermark(first.stop() + LATENESS).first(record("e"));
      tells.watermark(first.stop() + LATENESS + 1).first(record("f"));
      tells.watermark(first.stop() + 2 * LATENESS).first(record("g"));
      assertThat(tells.drain())
          .containsExactly(
              "a knows checkout/1,checkout/2 in use 1, wait 0",
              "b knows checkout/1,checkout/2 in use 1, wait 0",
              "c knows checkout/2 in use 2, wait 0",
              "d knows checkout/2 in use 2, wait 0",
              "e knows checkout/2 in use 2, wait 0",
              "f knows  in use 3, wait 0",
              "g knows  in use 3, wait 0");
      ExperimentDefinition again =
          PhasesTest.changed(second, "stop", ExperimentDefinition.NEVER).after(second);
      tells.second(again).first(record("h")).watermark(Long.MAX_VALUE).first(record("i"));
      assertThat(tells.drain())
          .as("those that ended are remembered, and what is told later is in use")
          .containsExactly(
              "h knows checkout/3 in use 4, wait 0",
              "flush",
              "i knows checkout/3 in use 4, wait 0");
    }
  }

  @Test
  void recordsWaitInOrderUntilDefinitionsAreIdle() throws Exception {
    try (var tells = plan().open()) {
      tells.first(record("a")).second(checkout(1)).first(record("b")).second(checkout(2));
      tells.watermark(5).clock(EMIT);
      assertThat(tells.drainAll()).containsExactly("flush");
      tells.secondIdle();
      assertThat(tells.drain())
          .containsExactly(
              "a knows checkout/1,checkout/2 in use 1, wait 1",
              "b knows checkout/1,checkout/2 in use 1, wait 0");
      assertThat(tells.listed(DefinitionsState.waitingRecords())).isZero();
      tells.first(record("c")).secondIdle();
      assertThat(tells.drain())
          .as("what waited is not processed again; the watermark of before goes on")
          .containsExactly("c knows checkout/1,checkout/2 in use 1, wait 0", "flush");
    }
  }

  @Test
  void watermarkComesBehindWhatWaited() throws Exception {
    try (var tells = plan().open()) {
      tells.first(record("a")).watermark(5).secondIdle().clock(EMIT);
      assertThat(tells.drainAll())
          .containsExactly("a knows  in use 1, wait 0", "flush", new Watermark(5));
    }
  }

  @Test
  void firstWatermarkOfDefinitionsOpensToo() throws Exception {
    try (var tells = plan().open()) {
      tells.first(record("a")).secondWatermark(7);
      assertThat(tells.drain()).containsExactly("a knows  in use 1, wait 0");
    }
  }

  @Test
  void endOfBothInputsOpensToo() throws Exception {
    try (var tells = plan().open()) {
      tells.second(checkout(1)).first(record("a")).end();
      assertThat(tells.drain()).containsExactly("a knows checkout/1 in use 1, wait 0", "flush");
    }
  }

  @Test
  void idleEventsOpenNothing() throws Exception {
    try (var tells = plan().open()) {
      tells.first(record("a")).watermark(Long.MAX_VALUE).firstIdle();
      assertThat(tells.drainAll()).isEmpty();
    }
  }

  @Test
  void definitionsAreUsedOnceHoweverManyCameBetweenTwoRecords() throws Exception {
    try (var tells = opened()) {
      tells.first(record("a")).second(checkout(3), checkout(1), checkout(2), checkout(1));
      tells.first(record("b")).second(checkout(1)).first(record("c"));
      assertThat(tells.drain())
          .containsExactly(
              "a knows  in use 1, wait 0",
              "b knows checkout/1,checkout/2,checkout/3 in use 2, wait 0",
              "c knows checkout/1,checkout/2,checkout/3 in use 2, wait 0");
    }
  }

  @Test
  void firstContentOfAVersionStays() throws Exception {
    ExperimentDefinition other =
        Definitions.with(
            Definitions.design(Definitions.allocation(Bucketing.GROWTHBOOK_V2, "", 1, 9)));
    try (var tells = opened()) {
      tells.second(checkout(1)).first(record("a")).second(other).first(record("b"));
      assertThat(tells.drain())
          .containsExactly(
              "a knows checkout/1 in use 1, wait 0", "b knows checkout/1 in use 1, wait 0");
    }
  }

  @Test
  void gateIsClosedAgainAfterARestoreAndWhatWaitedIsStillThere() throws Exception {
    OperatorSubtaskState snapshot;
    try (var tells = plan().open()) {
      tells.second(checkout(1)).first(record("a"), record("b"));
      snapshot = tells.snapshot();
      tells.secondIdle();
      assertThat(tells.drain()).hasSize(3);
    }
    try (var tells = plan().restore(snapshot)) {
      tells.first(record("c"));
      assertThat(tells.drain()).isEmpty();
      tells.secondIdle();
      assertThat(tells.drain())
          .extracting(told -> told.substring(0, 18))
          .containsExactly("a knows checkout/1", "b knows checkout/1", "c knows checkout/1");
      snapshot = tells.snapshot();
    }
    try (var tells = plan().restore(snapshot)) {
      assertThat(tells.listed(DefinitionsState.waitingRecords())).as("each once").isZero();
      tells.secondIdle().first(record("d"));
      assertThat(tells.drain()).containsExactly("d knows checkout/1 in use 1, wait 0");
    }
  }

  @Test
  void everySubtaskKnowsAllAndEachRecordWaitsInOne() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int i = 0; i < 2; i++) {
      try (var tells = plan().open()) {
        tells.second(checkout(1), checkout(2));
        tells.first(record(i + "a"), record(i + "b"), record(i + "c"));
        snapshots[i] = tells.snapshot();
      }
    }
    List<String> told = new ArrayList<>();
    for (int parallelism : new int[] {3, 1}) {
      told.clear();
      for (var tells : plan().rescale(parallelism, snapshots)) {
        told.addAll(tells.secondIdle().drain());
        tells.close();
      }
      assertThat(told).allMatch(each -> each.contains(" knows checkout/1,checkout/2 in use 1"));
      assertThat(told)
          .extracting(each -> each.substring(0, 2))
          .containsExactlyInAnyOrder("0a", "0b", "0c", "1a", "1b", "1c");
    }
  }
}
