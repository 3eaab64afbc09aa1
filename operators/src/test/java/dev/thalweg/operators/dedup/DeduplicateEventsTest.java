package dev.thalweg.operators.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Duplicate;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Failure;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeduplicateEventsTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;
  private static final long NOON = TestEvents.NOON;

  static OperatorHarness.Plan<Message, Message> plan(Duration retention) {
    return OperatorHarness.keyed(
        () -> new DeduplicateEvents(new DedupConfig(true, retention)),
        Message::key,
        Types.STRING,
        MessageTypes.MESSAGE);
  }

  private static OperatorHarness.Plan<Message, Message> plan() {
    return plan(Duration.ofHours(24));
  }

  private static Event event(String user, String id, long arrival) {
    return TestEvents.event("page_viewed").user(user).id(id).arrived(arrival).decoded();
  }

  private static boolean passes(OperatorHarness<Message, Message> harness, Event event)
      throws Exception {
    List<Message> out = harness.process(event).drain();
    assertThat(out).hasSize(1);
    if (out.get(0) == event) {
      return true;
    }
    assertThat(out.get(0)).isEqualTo(new Duplicate(event.subject(), event.origin()));
    return false;
  }

  @Test
  void dropsDuplicateWithinRetentionOfItsFirstArrivalWhichLaterOnesDoNotExtend() throws Exception {
    try (var harness = plan().open()) {
      assertThat(passes(harness, event("u", "a", NOON))).isTrue();
      assertThat(passes(harness, event("u", "a", NOON + 20 * HOUR))).isFalse();
      assertThat(passes(harness, event("u", "a", NOON + 30 * HOUR))).isTrue();
      assertThat(passes(harness, event("u", "a", NOON + 50 * HOUR))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void retentionEndsAfterItsLastMillisecond(Backend backend) throws Exception {
    try (var harness = plan().on(backend).open()) {
      passes(harness, event("u", "a", NOON));
      harness.watermark(NOON + DAY - 1);
      assertThat(passes(harness, event("u", "a", NOON + DAY))).isFalse();
      assertThat(passes(harness, event("u", "a", NOON + DAY + 1))).isTrue();
    }
  }

  @Test
  void judgesByArrivalNotByEventTime() throws Exception {
    try (var harness = plan().open()) {
      harness.watermark(NOON - 1);
      Event yearsLate = TestEvents.event("page_viewed").at(0).arrived(NOON).decoded();
      assertThat(passes(harness, yearsLate)).isTrue();
      Event again = TestEvents.event("page_viewed").at(NOON).arrived(NOON + HOUR).decoded();
      assertThat(passes(harness, again)).isFalse();
    }
  }

  @Test
  void arrivalsOutOfOrderAreDuplicatesWithinRetentionOnEitherSide() throws Exception {
    try (var harness = plan().open()) {
      passes(harness, event("u", "a", NOON));
      assertThat(passes(harness, event("u", "a", NOON - DAY))).isFalse();
      assertThat(passes(harness, event("u", "a", NOON - DAY - 1))).isTrue();
    }
  }

  @Test
  void sameIdOfAnotherSubjectIsNoDuplicate() throws Exception {
    try (var harness = plan().open()) {
      assertThat(passes(harness, event("u", "a", NOON))).isTrue();
      assertThat(passes(harness, event("v", "a", NOON))).isTrue();
      assertThat(passes(harness, event("u", "b", NOON))).isTrue();
      assertThat(passes(harness, event("v", "a", NOON))).isFalse();
    }
  }

  @Test
  void passesEverythingWhenDisabled() throws Exception {
    DedupConfig off = new DedupConfig(false, Duration.ofHours(24));
    try (var harness =
        OperatorHarness.keyed(
                () -> new DeduplicateEvents(off), Message::key, Types.STRING, MessageTypes.MESSAGE)
            .open()) {
      assertThat(passes(harness, event("u", "a", NOON))).isTrue();
      assertThat(passes(harness, event("u", "a", NOON))).isTrue();
      harness.assertNothingLeft();
    }
  }

  @Test
  void passesOtherMessagesWithoutState() throws Exception {
    Message profile = new Profile("u", 0, null);
    Message letter =
        new DeadLetter(
            "decode",
            Failure.UNREADABLE,
            "no",
            DeadLetter.UNKNOWN,
            TestEvents.event("page_viewed").jsonRecord());
    try (var harness = plan().open()) {
      assertThat(harness.process(profile, letter, profile, letter).drain())
          .containsExactly(profile, letter, profile, letter);
      harness.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void leavesNothingBehindOnceTheWatermarkHasPassed(Backend backend) throws Exception {
    try (var harness = plan().on(backend).open()) {
      for (int i = 0; i < 500; i++) {
        harness.process(event("busy", "a" + i, NOON + i * HOUR / 20));
        harness.process(event("u" + i, "a", NOON + i * HOUR / 20));
      }
      assertThat(harness.timers()).isEqualTo(501);
      assertThat(harness.stateEntries()).isGreaterThan(501);
      // A quarter of the retention more, as whole buckets go.
      harness.watermark(NOON + 25 * HOUR + DAY + DAY / 4 + 1);
      harness.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void endOfTheStreamClearsState(Backend backend) throws Exception {
    try (var harness = plan().on(backend).open()) {
      for (int i = 0; i < 100; i++) {
        harness.process(event("busy", "a" + i, NOON + i * HOUR));
      }
      harness.end().assertNothingLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
  void absurdArrivalsAreJudgedAndForgotten(long arrival) throws Exception {
    try (var harness = plan().open()) {
      for (int i = 0; i < 100; i++) {
        assertThat(passes(harness, event("u", "a" + i, arrival))).isTrue();
      }
      assertThat(passes(harness, event("u", "a3", arrival))).isFalse();
      assertThat(passes(harness, event("u", "a3", NOON))).isTrue();
      harness.watermark(NOON);
      harness.watermark(Long.MAX_VALUE).assertNothingLeft();
    }
  }

  @Test
  void anEarlyWatermarkForgetsNothing() throws Exception {
    try (var harness = plan().open()) {
      harness.watermark(Long.MIN_VALUE + 1);
      for (int i = 0; i < 100; i++) {
        harness.process(event("u", "a" + i, NOON));
      }
      harness.drain();
      assertThat(passes(harness, event("u", "a0", NOON))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void remembersAcrossSnapshotAndRestore(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = plan().on(backend).open()) {
      for (int i = 0; i < 200; i++) {
        harness.process(event("busy", "a" + i, NOON + i));
      }
      harness.process(event("u", "a", NOON));
      snapshot = harness.snapshot();
    }
    try (var harness = plan().on(backend).restore(snapshot)) {
      assertThat(passes(harness, event("u", "a", NOON + HOUR))).isFalse();
      assertThat(passes(harness, event("busy", "a0", NOON + HOUR))).isFalse();
      assertThat(passes(harness, event("busy", "a199", NOON + HOUR))).isFalse();
      assertThat(passes(harness, event("busy", "new", NOON + HOUR))).isTrue();
      harness.watermark(NOON + 3 * DAY).assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void remembersAcrossRescaling(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = plan().on(backend).open()) {
      for (int i = 0; i < 300; i++) {
        harness.process(event("u" + i % 20, "a" + i, NOON));
        harness.process(event("busy", "a" + i, NOON));
      }
      snapshot = harness.snapshot();
    }
    var three = plan().on(backend).rescale(3, snapshot);
    var parts = new OperatorSubtaskState[3];
    for (int i = 0; i < 300; i++) {
      for (String user : List.of("u" + i % 20, "busy")) {
        var subtask = three.get(OperatorHarness.subtask(user, 3));
        assertThat(passes(subtask, event(user, "a" + i, NOON))).isFalse();
      }
    }
    for (int i = 0; i < 3; i++) {
      parts[i] = three.get(i).snapshot();
      three.get(i).close();
    }
    var two = plan().on(backend).rescale(2, parts);
    for (int i = 0; i < 300; i++) {
      var subtask = two.get(OperatorHarness.subtask("busy", 2));
      assertThat(passes(subtask, event("busy", "a" + i, NOON))).isFalse();
    }
    for (var subtask : two) {
      subtask.watermark(NOON + 2 * DAY).assertNothingLeft();
      subtask.close();
    }
  }

  @Test
  void configRefusesWhatMakesNoSense() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(3651))) {
      assertThatThrownBy(() -> new DedupConfig(true, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
  }
}
