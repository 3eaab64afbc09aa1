package dev.thalweg.operators.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.Waiting;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EnrichEventsTest {
  private static final long NOON = TestEvents.NOON;
  private static final byte[] DE = map("country", "DE");
  private static final byte[] FR = map("country", "FR");

  private static byte[] map(String name, String value) {
    return new AvroBuffer().textMap(Map.of(name, value)).toByteArray();
  }

  private static OperatorHarness.Plan<Message, Message> plan(Backend backend) {
    return OperatorHarness.keyed(
            EnrichEvents::new, Message::key, Types.STRING, MessageTypes.MESSAGE)
        .on(backend);
  }

  /** A harness whose gate is open. */
  private static OperatorHarness<Message, Message> open(Backend backend) throws Exception {
    return plan(backend).open().watermark(0);
  }

  private static TestEvents event(String user) {
    return TestEvents.event("page_viewed").user(user);
  }

  private static byte[] enrichment(OperatorHarness<Message, Message> harness, Event event)
      throws Exception {
    List<Message> out = harness.process(event).drain();
    assertThat(out).containsExactly(event);
    return event.enrichment();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void joinsTheLatestProfileOfTheUserAndOfNoOther(Backend backend) throws Exception {
    try (var harness = open(backend)) {
      harness.process(new Profile("u1", 0, DE), new Profile("u2", 0, FR));
      assertThat(harness.drain()).isEmpty();
      assertThat(enrichment(harness, event("u1").decoded())).isEqualTo(DE);
      assertThat(enrichment(harness, event("u2").decoded())).isEqualTo(FR);
      harness.process(new Profile("u1", 0, FR));
      assertThat(enrichment(harness, event("u1").decoded())).isEqualTo(FR);
      assertThat(harness.counter("profiles_missing")).isZero();
    }
  }

  @Test
  void missingProfileIsCountedAndTheEventGoesOn() throws Exception {
    try (var harness = open(Backend.HEAP)) {
      assertThat(enrichment(harness, event("u1").decoded())).isNull();
      assertThat(harness.counter("profiles_missing")).isEqualTo(1);
      harness.assertNothingLeft();
    }
  }

  @Test
  void anonymousEventIsNeverJoinedEvenIfItsIdIsAUsers() throws Exception {
    try (var harness = open(Backend.HEAP)) {
      harness.process(new Profile("u1", 0, DE));
      Event anonymous = TestEvents.event("page_viewed").anonymous("u1").decoded();
      assertThat(enrichment(harness, anonymous)).isNull();
    }
  }

  @Test
  void profileHoldsFromItsTimeOn() throws Exception {
    try (var harness = open(Backend.HEAP)) {
      harness.process(new Profile("u1", NOON, DE));
      assertThat(enrichment(harness, event("u1").at(NOON - 1).decoded())).isNull();
      assertThat(enrichment(harness, event("u1").at(NOON).decoded())).isEqualTo(DE);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void tombstoneForgetsTheUser(Backend backend) throws Exception {
    try (var harness = open(backend)) {
      harness.process(new Profile("u1", 0, DE), new Profile("u1", 0, null));
      assertThat(enrichment(harness, event("u1").decoded())).isNull();
      harness.assertNothingLeft();
    }
  }

  @Test
  void passesDeadLettersBeforeAndAfterTheFirstWatermark() throws Exception {
    Message letter =
        new DeadLetter(
            "decode", Failure.UNREADABLE, "no", DeadLetter.UNKNOWN, event("u1").jsonRecord());
    try (var harness = plan(Backend.HEAP).open()) {
      assertThat(harness.process(letter).drain()).containsExactly(letter);
      assertThat(harness.watermark(0).process(letter).drain()).containsExactly(letter);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void eventsWaitForTheFirstWatermarkThenFlowInOrder(Backend backend) throws Exception {
    try (var harness = plan(backend).open()) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Event event = event("u1").from(0, i).decoded();
        events.add(event);
        assertThat(harness.process(event).drain())
            .containsExactly(new Waiting("u1", event.origin()));
      }
      harness.process(new Profile("u1", 0, DE));
      List<Message> out = harness.watermark(Long.MIN_VALUE + 1).drain();
      assertThat(out).hasSize(20);
      for (int i = 0; i < 20; i++) {
        Event event = (Event) out.get(i);
        assertThat(event.origin()).isEqualTo(events.get(i).origin());
        assertThat(event.enrichment()).isEqualTo(DE);
        assertThat(event.hasWaited()).isTrue();
      }
      assertThat(harness.timers()).isZero();
      Event next = event("u1").from(0, 20).decoded();
      assertThat(enrichment(harness, next)).isEqualTo(DE);
      assertThat(next.hasWaited()).isFalse();
      harness.process(new Profile("u1", 0, null)).assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void waitingEventsAndProfilesSurviveSnapshotRestoreAndRescaling(Backend backend)
      throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = plan(backend).open()) {
      for (int user = 0; user < 30; user++) {
        harness.process(new Profile("u" + user, 0, DE));
        harness.process(event("u" + user).from(0, user).decoded());
        harness.process(event("u" + user).from(1, user).decoded());
      }
      snapshot = harness.snapshot();
    }
    int out = 0;
    for (var subtask : plan(backend).rescale(3, snapshot)) {
      try (subtask) {
        assertThat(subtask.drain()).isEmpty();
        for (Message message : subtask.watermark(NOON).drain()) {
          assertThat(((Event) message).enrichment()).isEqualTo(DE);
          assertThat(((Event) message).hasWaited()).isTrue();
          out++;
        }
        assertThat(subtask.timers()).isZero();
      }
    }
    assertThat(out).isEqualTo(60);
  }

  @Test
  void restoreWaitsAnewForReferenceData() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = open(Backend.HEAP)) {
      harness.process(new Profile("u1", 0, DE));
      snapshot = harness.snapshot();
    }
    try (var harness = plan(Backend.HEAP).restore(snapshot)) {
      assertThat(harness.process(event("u1").decoded()).drain().get(0)).isInstanceOf(Waiting.class);
      harness.process(new Profile("u1", 0, FR));
      assertThat(((Event) harness.watermark(1).drain().get(0)).enrichment()).isEqualTo(FR);
    }
  }

  /** As an asynchronous snapshot on the heap may write it: enriched, and waiting all the same. */
  @Test
  void eventRestoredAsEnrichedIsEnrichedAnew() throws Exception {
    Event event = event("u1").decoded();
    event.enrich(DE);
    try (var harness = plan(Backend.HEAP).open()) {
      harness.process(event);
      harness.drain();
      assertThat(((Event) harness.watermark(1).drain().get(0)).enrichment()).isNull();
    }
  }
}
