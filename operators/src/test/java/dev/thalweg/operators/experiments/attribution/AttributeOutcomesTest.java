package dev.thalweg.operators.experiments.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.statistics.Estimator;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units go through failures, other parallelisms and their end; sums come out the same. */
final class AttributeOutcomesTest {
  private static final long NOON = 1_793_534_400_000L;
  private static final long MINUTE = 60_000;
  private static final long LATENESS = 60 * MINUTE;
  private static final long RETENTION = 24 * 60 * MINUTE;
  private static final int EMIT = 1000;
  private static final PhaseRules RULES = AttributionSamples.rules();

  private static OperatorHarness.Plan<UnitHits, PhaseDelta> plan() {
    AttributionConfig config =
        new AttributionConfig(
            Duration.ofMillis(LATENESS), Duration.ofMillis(RETENTION), Duration.ofMillis(EMIT));
    return OperatorHarness.keyedOperator(
        () -> new AttributeOutcomes(config),
        UnitHits::unit,
        Types.STRING,
        AttributionTypes.PHASE_DELTA);
  }

  private static UnitHits exposed(String unit, int arm, long time) {
    return hits(unit, time, "e" + time, new Hit(RULES, arm, List.of()));
  }

  private static UnitHits outcome(String unit, double value, long time) {
    List<Hit.Outcome> outcomes =
        List.of(new Hit.Outcome(0, 0, false), new Hit.Outcome(1, value, false));
    return hits(unit, time, "o" + time, new Hit(RULES, Hit.NO_ARM, outcomes));
  }

  /** Of an event that came in when it happened. */
  private static UnitHits hits(String unit, long time, String id, Hit... hits) {
    Origin origin = new Origin("events.canonical", 0, 0, time);
    return new UnitHits(unit, time, origin, "order_placed v1", id, List.of(hits));
  }

  /** All of what was told, whatever the minute. */
  private static PhaseDelta sum(List<PhaseDelta> deltas) {
    PhaseDelta sum = new PhaseDelta(PhaseShape.of(RULES));
    deltas.forEach(sum::merge);
    return sum;
  }

  private static PhaseSums sums(PhaseDelta delta) {
    PhaseSums sums = new PhaseSums(PhaseShape.of(RULES));
    delta.minutes().values().forEach(sums::merge);
    return sums;
  }

  private static double total(PhaseDelta delta, int metric, int arm) {
    return Estimator.MEAN.estimate(sums(delta).values(metric, arm)).total();
  }

  @Test
  void oneChangeOfAPhaseIsSentHoweverManyEvents() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(
          outcome("u", 5, NOON + 1),
          exposed("u", 1, NOON),
          exposed("v", 0, NOON),
          outcome("v", 2, NOON + MINUTE),
          outcome("w", 3, NOON));
      assertThat(attribute.drain()).isEmpty();
      attribute.clock(EMIT);
      List<PhaseDelta> sent = attribute.drain();
      assertThat(sent).hasSize(1);
      PhaseDelta delta = sent.get(0);
      assertThat(delta.events()).isEqualTo(5);
      assertThat(delta.latestArrival()).isEqualTo(NOON + MINUTE);
      assertThat(delta.health()).isEqualTo(new PhaseHealth(0, 0, 1, 0));
      assertThat(delta.minutes()).containsOnlyKeys(NOON / MINUTE, NOON / MINUTE + 1);
      assertThat(sums(delta).units(1)).isOne();
      assertThat(total(delta, 1, 1)).isEqualTo(5);
      assertThat(total(delta, 0, 0)).isEqualTo(1);
      attribute.clock(2 * EMIT);
      assertThat(attribute.drain()).isEmpty();
    }
  }

  @Test
  void unitThatWasRemovedFromStateIsNotMissed() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(exposed("u", 1, NOON));
      var operator = (AbstractStreamOperator<?>) attribute.flink().getOperator();
      KeyedStateBackend<String> state = operator.getKeyedStateBackend();
      state.setCurrentKey("u");
      state
          .getPartitionedState(
              VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, AttributionState.phases())
          .clear();
      attribute.watermark(NOON + RETENTION).clock(EMIT).assertNothingLeft();
    }
  }

  @Test
  void whatWasGatheredGoesBeforeTheBarrier() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(exposed("u", 1, NOON)).snapshot();
      assertThat(attribute.drain()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void unitsSurviveFailuresAndOtherParallelisms(Backend backend) throws Exception {
    List<PhaseDelta> told = new ArrayList<>();
    var snapshot =
        switchOver(backend, told, outcome("u0", 1, NOON - 1), outcome("u1", 7, NOON + 5));
    var subtasks = plan().on(backend).rescale(3, snapshot);
    for (int i = 0; i < 20; i++) {
      subtasks.get(OperatorHarness.subtask("u" + i, 3)).process(exposed("u" + i, i % 2, NOON));
    }
    for (var subtask : subtasks) {
      subtask.end();
      told.addAll(subtask.drain());
      subtask.close();
    }
    PhaseDelta sum = sum(told);
    assertThat(sums(sum).units(0)).isEqualTo(10);
    assertThat(sums(sum).units(1)).isEqualTo(10);
    assertThat(total(sum, 1, 0)).isZero();
    assertThat(total(sum, 1, 1)).isEqualTo(7);
    assertThat(sum.health()).isEqualTo(new PhaseHealth(0, 1, 0, 0));
  }

  private static OperatorSubtaskState switchOver(
      Backend backend, List<PhaseDelta> told, UnitHits... before) throws Exception {
    try (var attribute = plan().on(backend).open()) {
      var snapshot = attribute.process(before).snapshot();
      told.addAll(attribute.drain());
      assertThat(told).hasSize(1);
      return snapshot;
    }
  }

  @Test
  void snapshotHoldsWhatWasThereThen() throws Exception {
    try (var attribute = plan().on(Backend.HEAP).open()) {
      attribute.process(exposed("u", 1, NOON), outcome("u", 1, NOON));
      var snapshot = attribute.snapshot();
      attribute.process(outcome("u", 2, NOON + 1), exposed("u", 0, NOON - 1));
      try (var restored = plan().on(Backend.HEAP).restore(snapshot)) {
        restored.process(outcome("u", 4, NOON + 2)).snapshot();
        assertThat(total(sum(restored.drain()), 1, 1)).isEqualTo(4);
      }
    }
  }

  @Test
  void lateEventsChangeNothingAndAreCounted() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(exposed("u", 1, NOON)).watermark(NOON + LATENESS).clock(EMIT);
      attribute.drain();
      attribute.process(exposed("u", 0, NOON), outcome("u", 2, NOON + 1)).snapshot();
      assertThat(attribute.counter("hits_dropped")).isOne();
      PhaseDelta delta = sum(attribute.drain());
      assertThat(delta.events()).isOne();
      assertThat(total(delta, 1, 1)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void unitIsForgottenAfterTheRetention(Backend backend) throws Exception {
    try (var attribute = plan().on(backend).open()) {
      attribute.process(outcome("u", 1, NOON + 10), outcome("v", 1, NOON), exposed("u", 1, NOON));
      attribute.watermark(NOON + RETENTION).clock(EMIT);
      assertThat(attribute.timers()).isOne();
      attribute.watermark(NOON + RETENTION + 9).clock(2 * EMIT);
      assertThat(attribute.timers()).isOne();
      attribute.watermark(NOON + RETENTION + 10).clock(3 * EMIT);
      attribute.assertNothingLeft();
    }
  }

  @Test
  void phasesAreApart() throws Exception {
    PhaseRules next =
        new PhaseRules(RULES.experiment(), 3, RULES.variants(), false, RULES.metrics());
    UnitHits both = hits("u", NOON, "e", new Hit(RULES, 0, List.of()), new Hit(next, 1, List.of()));
    try (var attribute = plan().open()) {
      attribute.process(both).snapshot();
      assertThat(attribute.drain())
          .extracting(delta -> delta.shape().phase())
          .containsExactly(2, 3);
    }
  }

  @Test
  void entryIntoAPhaseIsToldOnceWithTheExposureThatCameFirst() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(outcome("u", 1, NOON - 1));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS)).isEmpty();
      attribute.process(
          exposed("u", 1, NOON + 5),
          exposed("u", 0, NOON),
          exposed("u", 1, NOON + 5),
          exposed("v", 0, NOON));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS))
          .containsExactly(
              new UnitAssignment("u", "größe", 2, "größer", NOON + 5, NOON + 5),
              new UnitAssignment("v", "größe", 2, "control", NOON, NOON));
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void entryIsNotToldAgainAfterAFailureOrWhileTheUnitIsRemembered(Backend backend)
      throws Exception {
    OperatorSubtaskState snapshot;
    try (var attribute = plan().on(backend).open()) {
      snapshot = attribute.process(exposed("u", 1, NOON)).snapshot();
    }
    try (var attribute = plan().on(backend).restore(snapshot)) {
      attribute.process(exposed("u", 1, NOON + 1), exposed("u", 0, NOON - 1));
      attribute.watermark(NOON + RETENTION - 1).clock(EMIT);
      attribute.process(exposed("u", 1, NOON + RETENTION));
      attribute.watermark(NOON + 2 * RETENTION - 1).clock(2 * EMIT);
      attribute.process(exposed("u", 1, NOON + 2 * RETENTION));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS)).isEmpty();
      attribute.watermark(NOON + 3 * RETENTION).clock(3 * EMIT);
      attribute.process(exposed("u", 1, NOON + 3 * RETENTION + 1));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS))
          .as("forgotten by the rule, it is another unit")
          .hasSize(1);
    }
  }

  @Test
  void exposureThatComesTooLateAssignsNothing() throws Exception {
    try (var attribute = plan().open()) {
      attribute.watermark(NOON + LATENESS).clock(EMIT);
      attribute.process(exposed("u", 1, NOON));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS)).isEmpty();
      attribute.process(exposed("u", 1, NOON + 1));
      assertThat(attribute.drain(AttributeOutcomes.ASSIGNMENTS)).hasSize(1);
    }
  }

  @Test
  void minutesSayWhereTheirEventsWereReadAlsoThoseThatChangedNothing() throws Exception {
    try (var attribute = plan().open()) {
      attribute.process(
          read(NOON, 3, 70, "goal_reached v1"),
          read(NOON + 1, 3, 69, "goal_reached v2"),
          read(NOON + 2, 0, 0, "goal_reached v1"),
          read(NOON + MINUTE, 3, 1000, "app_opened v1"));
      attribute.snapshot();
      PhaseDelta delta = sum(attribute.drain());
      Sources first = delta.minutes().get(NOON / MINUTE).sources();
      assertThat(first.offsets())
          .containsExactly(
              Map.entry("events.canonical/0", 0L), Map.entry("events.canonical/3", 70L));
      assertThat(first.contracts()).containsExactly("goal_reached v1", "goal_reached v2");
      Sources second = delta.minutes().get(NOON / MINUTE + 1).sources();
      assertThat(second.offsets()).containsExactly(Map.entry("events.canonical/3", 1000L));
      assertThat(second.contracts()).containsExactly("app_opened v1");
    }
  }

  /** An outcome of a unit that is never exposed. */
  private static UnitHits read(long time, int partition, long offset, String contract) {
    Hit hit = new Hit(RULES, Hit.NO_ARM, List.of(new Hit.Outcome(0, 0, false)));
    Origin origin = new Origin("events.canonical", partition, offset, time);
    return new UnitHits("u", time, origin, contract, "e", List.of(hit));
  }
}
