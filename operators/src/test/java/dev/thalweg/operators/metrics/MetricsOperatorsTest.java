package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerTally;
import dev.thalweg.operators.ledger.PartitionCounts;
import dev.thalweg.operators.metrics.aggregate.Aggregate;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operators of metrics: what they publish, when they forget, what they call late. */
final class MetricsOperatorsTest {
  private static final long HOUR = 3_600_000;
  private static final long NOON = TestEvents.NOON;
  private static final Duration LATENESS = Duration.ofHours(2);

  private static MetricsConfig config(MetricDefinition... metrics) {
    return new MetricsConfig(
        LATENESS,
        Duration.ofSeconds(5),
        ZoneOffset.UTC,
        Duration.ofDays(730),
        List.of(metrics),
        null,
        List.of(),
        List.of());
  }

  private static MetricDefinition count(String name, WindowSpec window, String... eventTypes) {
    EventSelector events = new EventSelector(Set.of(eventTypes), "");
    return new MetricDefinition(
        name, MetricKind.COUNT, events, "", List.of(), window, false, 0, null);
  }

  private static MetricDefinition hourly() {
    return count("hourly", new WindowSpec.Tumbling(Duration.ofHours(1)));
  }

  private static MetricDefinition sliding() {
    return count("sliding", new WindowSpec.Sliding(Duration.ofHours(3), Duration.ofHours(1)));
  }

  private static RawRecord viewed(String id, long time) {
    return CanonicalEvents.of(TestEvents.event("page_viewed").id(id).at(time));
  }

  private static OperatorHarness.Plan<RawRecord, Contribution> select(MetricDefinition... metrics) {
    return OperatorHarness.ofOperator(
        () -> new SelectEvents(ContractCatalog::fromClassPath, null, config(metrics)),
        MessageTypes.RAW_RECORD,
        MetricsTypes.CONTRIBUTION);
  }

  private static OperatorHarness.Plan<Contribution, ViewRow> aggregate(
      MetricDefinition... metrics) {
    return OperatorHarness.keyedOperator(
        () -> new AggregateViews(config(metrics)),
        contribution -> GroupKey.of(contribution.group()),
        Types.STRING,
        MetricsTypes.VIEW_ROW);
  }

  private static Contribution events(String metric, long hour, int events) {
    long start = NOON + hour * HOUR;
    ViewGroup group = new ViewGroup(ViewGroup.Kind.SLICES, metric, ViewGroup.NO_DIMENSIONS);
    Aggregate counts = new Counts(1).add(0, events);
    return new Contribution(group, start, start + HOUR, counts, events);
  }

  private static ViewRow row(String metric, long from, long to, double value, long events) {
    return new ViewRow.MetricValue(
        metric, "{}", NOON + from * HOUR, NOON + to * HOUR, value, events, events);
  }

  @Test
  void eventsOfOneSliceLeaveAsOneContributionBeforeTheBarrier() throws Exception {
    try (var select = select(hourly()).open()) {
      select.process(viewed("1", NOON), viewed("2", NOON + 1), viewed("3", NOON + HOUR));
      assertThat(select.drain()).isEmpty();
      select.snapshot();
      assertThat(select.drain())
          .extracting(part -> part.start() + " " + part.events())
          .containsExactlyInAnyOrder(NOON + " 2", (NOON + HOUR) + " 1");
      select.snapshot();
      assertThat(select.drain()).as("once").isEmpty();
    }
  }

  @Test
  void eventIsLateWhenEveryMetricThatSelectsItDropsIt() throws Exception {
    MetricDefinition daily =
        count("daily", new WindowSpec.Tumbling(Duration.ofDays(1)), "page_viewed");
    try (var select = select(hourly(), daily).open()) {
      select.watermark(NOON + 3 * HOUR - 1);
      select.process(viewed("1", NOON));
      select.watermark(NOON + 3 * HOUR);
      select.process(viewed("2", NOON));
      RawRecord other = CanonicalEvents.of(TestEvents.event("app_opened").id("3").at(NOON));
      select.process(other);
      select.end();
      assertThat(select.drain())
          .as("the day takes both page views, the hour the first")
          .extracting(part -> part.group().name() + " " + part.events())
          .containsExactlyInAnyOrder("hourly 1", "daily 2");
      assertThat(select.drain(SelectEvents.LATE)).containsExactly(other);
      assertThat(select.counter("events_late")).isEqualTo(1);
    }
  }

  @Test
  void whatBecameOfEachRecordIsCountedBeforeTheBarrier() throws Exception {
    try (var select = select(hourly()).open()) {
      select.watermark(NOON + 3 * HOUR);
      select.process(
          viewed("1", NOON + 3 * HOUR),
          viewed("2", NOON),
          CanonicalEvents.of(TestEvents.event("app_opened").id("3").at(NOON)),
          TestEvents.event("page_viewed").jsonRecord());
      select.snapshot();
      assertThat(select.drain(LedgerTally.COUNTS))
          .filteredOn(LedgerEntry::isPartition)
          .extracting(LedgerEntry::counts)
          .extracting(PartitionCounts::accepted, PartitionCounts::late, PartitionCounts::deadLetter)
          .containsExactly(tuple(1L, 2L, 1L));
      select.end();
      assertThat(select.drain(LedgerTally.COUNTS)).as("each once").isEmpty();
    }
  }

  @Test
  void recordThatIsNoCanonicalOneGoesAside() throws Exception {
    RawRecord json = TestEvents.event("page_viewed").jsonRecord();
    RawRecord raw = TestEvents.event("page_viewed").avroRecord();
    RawRecord nothing = new RawRecord(null, null, raw.origin());
    try (var select = select(hourly()).open()) {
      select.process(json, raw, nothing);
      List<DeadLetter> letters =
          select.drain(SelectEvents.REFUSED).stream().map(DeadLetter.class::cast).toList();
      assertThat(letters).extracting(DeadLetter::raw).containsExactly(json, raw, nothing);
      assertThat(letters)
          .extracting(DeadLetter::failure)
          .containsExactly(Failure.UNREADABLE, Failure.UNKNOWN_VERSION, Failure.UNREADABLE);
      assertThat(select.end().drain()).isEmpty();
    }
  }

  @Test
  void watermarkFollowsWhatItCouldClose() throws Exception {
    try (var select = select(hourly()).open()) {
      select.process(viewed("1", NOON));
      select.watermark(NOON);
      assertThat(select.drainAll()).isEmpty();
      select.flink().setProcessingTime(1_000);
      List<Object> out = select.drainAll();
      assertThat(out).hasSize(2);
      assertThat(out.get(0)).isInstanceOf(Contribution.class);
      assertThat(out.get(1).toString()).contains(Long.toString(NOON));
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void changedRowsAreTheOnlyOnesPublishedOpenWindowsToo(Backend backend) throws Exception {
    try (var views = aggregate(sliding()).on(backend).open()) {
      views.process(events("sliding", 0, 2), events("sliding", 1, 3));
      views.snapshot();
      assertThat(views.drain())
          .containsExactlyInAnyOrder(
              row("sliding", -2, 1, 2, 2),
              row("sliding", -1, 2, 5, 5),
              row("sliding", 0, 3, 5, 5),
              row("sliding", 1, 4, 3, 3));
      views.process(events("sliding", 1, 1));
      views.snapshot();
      assertThat(views.drain())
          .containsExactlyInAnyOrder(
              row("sliding", -1, 2, 6, 6), row("sliding", 0, 3, 6, 6), row("sliding", 1, 4, 4, 4));
      views.snapshot();
      assertThat(views.drain()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void lateContributionCorrectsOpenWindowsAndLeavesClosedOnes(Backend backend) throws Exception {
    try (var views = aggregate(sliding()).on(backend).open()) {
      views.process(events("sliding", 0, 2), events("sliding", 1, 3));
      views.watermark(NOON + 4 * HOUR);
      views.flink().setProcessingTime(10_000);
      views.drain();
      views.process(events("sliding", 1, 1));
      views.snapshot();
      assertThat(views.drain())
          .as("the window of [-1, 2) took corrections until 4")
          .containsExactlyInAnyOrder(row("sliding", 0, 3, 6, 6), row("sliding", 1, 4, 4, 4));
      views.watermark(NOON + 6 * HOUR);
      views.flink().setProcessingTime(20_000);
      views.process(events("sliding", 1, 1));
      views.snapshot();
      assertThat(views.drain()).isEmpty();
      views.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void rowsGoOnFromASnapshotAtAnotherParallelism(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var views = aggregate(hourly(), sliding()).on(backend).open()) {
      views.process(events("hourly", 0, 2), events("sliding", 0, 4));
      snapshot = views.snapshot();
      views.process(events("hourly", 0, 100));
    }
    List<OperatorHarness<Contribution, ViewRow>> subtasks =
        aggregate(hourly(), sliding()).on(backend).rescale(3, snapshot);
    for (Contribution more : List.of(events("hourly", 0, 1), events("sliding", 2, 1))) {
      int subtask = OperatorHarness.subtask(GroupKey.of(more.group()), 3);
      subtasks.get(subtask).process(more);
      subtasks.get(subtask).snapshot();
      assertThat(subtasks.get(subtask).drain())
          .contains(
              more.group().name().equals("hourly")
                  ? row("hourly", 0, 1, 3, 3)
                  : row("sliding", 0, 3, 5, 5));
    }
    for (OperatorHarness<Contribution, ViewRow> subtask : subtasks) {
      subtask.watermark(Long.MAX_VALUE);
      subtask.assertNothingLeft();
      subtask.close();
    }
  }

  @Test
  void metricThatIsNoLongerDeclaredIsForgotten() throws Exception {
    OperatorSubtaskState snapshot;
    try (var views = aggregate(hourly(), sliding()).open()) {
      views.process(events("hourly", 0, 2), events("sliding", 0, 4));
      snapshot = views.snapshot();
    }
    try (var views = aggregate(hourly()).restore(snapshot)) {
      views.process(events("sliding", 0, 1), events("hourly", 0, 1));
      views.snapshot();
      assertThat(views.drain()).containsExactly(row("hourly", 0, 1, 3, 3));
      views.watermark(NOON + 10 * HOUR);
      views.flink().setProcessingTime(10_000);
      views.assertNothingLeft();
    }
  }
}
