package dev.thalweg.operators.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.thalweg.operators.decode.DecodeProfiles;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Duplicate;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.event.Waiting;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final long NOON = TestEvents.NOON;

  /** Remembers what was published; not serialized in these tests. */
  private static final class Published implements LedgerPublisher {
    private static final long serialVersionUID = 1L;
    private final transient List<List<LedgerEntry>> published = new ArrayList<>();
    private final transient List<String> calls = new ArrayList<>();

    @Override
    public void open() {
      calls.add("open");
    }

    @Override
    public void publish(List<LedgerEntry> totals) {
      published.add(totals);
    }

    @Override
    public void close() {
      calls.add("close");
    }

    PartitionCounts last(int partition) {
      return published.get(published.size() - 1).stream()
          .filter(entry -> entry.partition() == partition)
          .findFirst()
          .orElseThrow()
          .counts();
    }
  }

  private final Published published = new Published();

  private OperatorHarness.Plan<LedgerEntry, Void> keeper() {
    return OperatorHarness.ofOperator(
        () -> new KeepLedger(published), LedgerState.ENTRY, Types.VOID);
  }

  private static OperatorHarness<Message, Message> outcomes() throws Exception {
    return OperatorHarness.ofOperator(
            CountOutcomes::new, MessageTypes.MESSAGE, MessageTypes.MESSAGE)
        .open();
  }

  private static OperatorHarness<RawRecord, RawRecord> consumed() throws Exception {
    return OperatorHarness.ofOperator(
            CountConsumed::new, MessageTypes.RAW_RECORD, MessageTypes.RAW_RECORD)
        .open();
  }

  private static TestEvents event(int partition, long offset) {
    return TestEvents.event("page_viewed").from(partition, offset).arrived(NOON + offset);
  }

  private static DeadLetter letter(String stage, RawRecord raw) {
    return new DeadLetter(stage, Failure.UNREADABLE, "no", DeadLetter.UNKNOWN, raw);
  }

  private static Map<Integer, PartitionCounts> partitions(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(LedgerEntry::isPartition)
        .collect(Collectors.toMap(LedgerEntry::partition, LedgerEntry::counts));
  }

  private static PartitionCounts consumedOf(long consumed, long asOf) {
    return new PartitionCounts(consumed, 0, 0, 0, 0, 0, asOf);
  }

  private static LedgerEntry entry(PartitionCounts counts) {
    return LedgerEntry.ofPartition(TestEvents.TOPIC, 0, counts);
  }

  @Test
  void consumedRecordsPassAndAreCountedByPartitionAheadOfTheBarrier() throws Exception {
    try (var harness = consumed()) {
      RawRecord[] records = {
        event(0, 0).jsonRecord(), event(1, 0).jsonRecord(), event(0, 1).jsonRecord()
      };
      assertThat(harness.process(records).drain()).containsExactly(records);
      assertThat(harness.drain(CountConsumed.counts())).isEmpty();
      harness.snapshot();
      assertThat(partitions(harness.drain(CountConsumed.counts())))
          .isEqualTo(Map.of(0, consumedOf(2, NOON + 1), 1, consumedOf(1, NOON)));
      harness.snapshot();
      assertThat(harness.drain(CountConsumed.counts())).isEmpty();
      harness.process(event(0, 2).jsonRecord()).end();
      assertThat(partitions(harness.drain(CountConsumed.counts())))
          .isEqualTo(Map.of(0, consumedOf(1, NOON + 2)));
      assertThat(harness.counter("events_consumed")).isEqualTo(4);
    }
  }

  @Test
  void partitionsOfTwoTopicsAreKeptApart() throws Exception {
    try (var harness = consumed()) {
      harness.process(event(0, 0).jsonRecord(), event(0, 0).from("other").jsonRecord());
      harness.snapshot();
      assertThat(harness.drain(CountConsumed.counts()))
          .extracting(LedgerEntry::topic)
          .containsExactlyInAnyOrder(TestEvents.TOPIC, "other");
    }
  }

  @Test
  void outcomesAreCountedAndOnlyEventsAndDeadLettersPass() throws Exception {
    try (var harness = outcomes()) {
      Event event = event(0, 0).decoded();
      DeadLetter letter = letter("decode", event(0, 1).jsonRecord());
      DeadLetter ofProfile = letter(DecodeProfiles.STAGE, event(0, 7).jsonRecord());
      assertThat(
              harness
                  .process(
                      event,
                      letter,
                      ofProfile,
                      new Duplicate("u1", event(0, 2).origin()),
                      new Waiting("u1", event(0, 3).origin()))
                  .drain())
          .containsExactly(event, letter, ofProfile);
      harness.snapshot();
      List<LedgerEntry> entries = harness.drain(CountOutcomes.counts());
      assertThat(partitions(entries))
          .isEqualTo(Map.of(0, new PartitionCounts(0, 1, 1, 0, 1, 1, NOON + 2)));
      assertThat(entries.stream().filter(entry -> !entry.isPartition()))
          .extracting(LedgerEntry::stage, entry -> entry.counts().deadLetter())
          .containsExactlyInAnyOrder(tuple("decode", 1L), tuple(DecodeProfiles.STAGE, 1L));
      assertThat(harness.counter("events_accepted")).isEqualTo(1);
      assertThat(harness.counter("events_duplicated")).isEqualTo(1);
      assertThat(harness.counter("events_rejected", "reason", "unreadable")).isEqualTo(2);
      assertThat(harness.counter("events_rejected")).isEqualTo(2);
    }
  }

  @Test
  void eventThatWaitedIsCountedOnceWhenItGoesOn() throws Exception {
    try (var harness = outcomes()) {
      Event event = event(0, 0).decoded();
      harness.process(new Waiting("u1", event.origin()));
      harness.snapshot();
      PartitionCounts waiting = partitions(harness.drain(CountOutcomes.counts())).get(0);
      assertThat(consumedOf(1, NOON).plus(waiting).isBalanced()).isTrue();
      assertThat(waiting.accepted()).isZero();
      event.markWaited();
      harness.process(event);
      harness.snapshot();
      PartitionCounts total =
          waiting
              .plus(partitions(harness.drain(CountOutcomes.counts())).get(0))
              .plus(consumedOf(1, NOON));
      assertThat(total).isEqualTo(new PartitionCounts(1, 1, 0, 0, 0, 0, NOON));
    }
  }

  @Test
  void totalsAreThoseOfTheCheckpointAndPublishedOnlyAfterItCompleted() throws Exception {
    try (var harness = keeper().open()) {
      harness.process(entry(consumedOf(3, 1)));
      harness.snapshot();
      harness.process(entry(consumedOf(4, 2)));
      assertThat(published.published).isEmpty();
      harness.completed(1);
      assertThat(published.last(0)).isEqualTo(consumedOf(3, 1));
      harness.snapshot();
      harness.completed(2);
      assertThat(published.last(0)).isEqualTo(consumedOf(7, 2));
      harness.completed(2);
      assertThat(published.published).hasSize(2);
    }
    assertThat(published.calls).containsExactly("open", "close");
  }

  @Test
  void abortedCheckpointIsNotPublishedAndItsCountsAreInTheNext() throws Exception {
    try (var harness = keeper().open()) {
      harness.process(entry(consumedOf(3, 1)));
      harness.snapshot();
      harness.aborted(1);
      harness.process(entry(consumedOf(1, 2)));
      harness.snapshot();
      harness.completed(2);
      assertThat(published.published).hasSize(1);
      assertThat(published.last(0)).isEqualTo(consumedOf(4, 2));
      harness.completed(1);
      assertThat(published.published).hasSize(1);
    }
  }

  @Test
  void restoreContinuesFromTheCheckpoint() throws Exception {
    OperatorSubtaskState snapshot;
    LedgerEntry cause =
        LedgerEntry.ofCause("unreadable", "decode", "unknown", consumedOf(0, Long.MIN_VALUE));
    try (var harness = keeper().open()) {
      harness.process(entry(consumedOf(3, 1)), cause);
      snapshot = harness.snapshot();
      harness.process(entry(consumedOf(100, 2)));
    }
    try (var harness = keeper().restore(snapshot)) {
      harness.process(entry(consumedOf(2, 3)));
      harness.snapshot();
      harness.completed(harness.lastCheckpoint());
      assertThat(published.last(0)).isEqualTo(consumedOf(5, 3));
      assertThat(published.published.get(0)).hasSize(2);
    }
  }

  @Test
  void imbalanceShowsEveryPartitionThatDoesNotAddUp() throws Exception {
    try (var harness = keeper().open()) {
      harness.process(entry(new PartitionCounts(5, 1, 1, 1, 1, 1, 0)));
      harness.snapshot();
      assertThat(harness.gauge("ledger_imbalance")).isEqualTo(0L);
      harness.process(entry(consumedOf(1, 0)));
      harness.snapshot();
      assertThat(harness.gauge("ledger_imbalance")).isEqualTo(1L);
    }
  }

  @Test
  void countersFeedingTheKeeperAddUp() throws Exception {
    try (var consumed = consumed();
        var outcomes = outcomes();
        var keeper = keeper().open()) {
      for (long offset = 0; offset < 1_000; offset++) {
        TestEvents at = event((int) (offset % 7), offset);
        Message fate =
            switch ((int) (offset % 3)) {
              case 0 -> at.decoded();
              case 1 -> letter("decode", at.jsonRecord());
              default -> new Duplicate("u1", at.origin());
            };
        consumed.process(at.jsonRecord());
        outcomes.process(fate);
        if (offset % 100 == 99) {
          consumed.snapshot();
          outcomes.snapshot();
          for (LedgerEntry entry : consumed.drain(CountConsumed.counts())) {
            keeper.process(entry);
          }
          for (LedgerEntry entry : outcomes.drain(CountOutcomes.counts())) {
            keeper.process(entry);
          }
          keeper.snapshot();
          assertThat(keeper.gauge("ledger_imbalance")).isEqualTo(0L);
        }
      }
      keeper.completed(keeper.lastCheckpoint());
      assertThat(
              published.published.get(0).stream()
                  .filter(LedgerEntry::isPartition)
                  .mapToLong(entry -> entry.counts().consumed())
                  .sum())
          .isEqualTo(1_000);
    }
  }
}
