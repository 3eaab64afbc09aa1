package dev.thalweg.operators.experiments.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.DefinitionsState;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerTally;
import dev.thalweg.operators.ledger.PartitionCounts;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

/** Events on their way to experiments: selected, late, refused, waiting; each counted once. */
final class SelectHitsTest {
  private static final long NOON = TestEvents.NOON;
  private static final long HOUR = 3_600_000;
  private static final int EMIT = 1_000;
  private static final ExperimentDefinition X =
      Experiments.of("x").validIf("surface != 'bot'").build();

  private static TwoInputHarness.Plan<RawRecord, ExperimentDefinition, UnitHits> plan() {
    SelectionConfig config = new SelectionConfig(Duration.ofHours(2), Duration.ofMillis(EMIT));
    return TwoInputHarness.of(
        () -> new SelectHits(ContractCatalog::fromClassPath, null, config),
        AttributionTypes.UNIT_HITS);
  }

  private static TwoInputHarness<RawRecord, ExperimentDefinition, UnitHits> opened(
      ExperimentDefinition... definitions) throws Exception {
    return plan().open().second(definitions).secondIdle();
  }

  private static TestEvents exposed(String surface) {
    return TestEvents.event("experiment_exposed")
        .with("experiment", "x")
        .with("variant", "treatment")
        .with("surface", surface);
  }

  private static RawRecord exposure(String user, String surface, long time) {
    return CanonicalEvents.of(exposed(surface).user(user).at(time));
  }

  private static RawRecord order(String user, long time) {
    return CanonicalEvents.of(TestEvents.event("order_placed").user(user).at(time));
  }

  private static RawRecord view(long time) {
    return CanonicalEvents.of(TestEvents.event("page_viewed").at(time));
  }

  /** Unit and phase of each hit. */
  private static List<String> phases(List<UnitHits> all) {
    List<String> phases = new ArrayList<>();
    all.forEach(each -> each.hits().forEach(hit -> phases.add(each.unit() + hit.rules().key())));
    return phases;
  }

  private static List<String> invalid(
      TwoInputHarness<RawRecord, ExperimentDefinition, UnitHits> select) {
    return select.drain(SelectHits.INVALID).stream().map(SelectHitsTest::words).toList();
  }

  private static String words(PhaseDelta delta) {
    return "%s/%d: %d of %d events, %s minutes, by %d"
        .formatted(
            delta.shape().experiment(),
            delta.shape().phase(),
            delta.health().invalidExposures(),
            delta.events(),
            delta.minutes().size(),
            delta.latestArrival());
  }

  private static PartitionCounts counts(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(LedgerEntry::isPartition)
        .map(LedgerEntry::counts)
        .reduce(PartitionCounts.ZERO, PartitionCounts::plus);
  }

  @Test
  void hitsGoOnAtOnceWithTheArrivalInTheRawTopic() throws Exception {
    try (var select = opened(X)) {
      RawRecord raw =
          CanonicalEvents.of(exposed("web").id("e7").from(3, 21).arrived(NOON + HOUR).at(NOON - 5));
      List<UnitHits> hits = select.first(raw).drain();
      assertThat(phases(hits)).containsExactly("user_id=u1x/1");
      UnitHits hit = hits.get(0);
      assertThat(hit.eventTime()).isEqualTo(NOON - 5);
      assertThat(hit.eventId()).isEqualTo("e7");
      assertThat(hit.contract()).isEqualTo("experiment_exposed v1");
      assertThat(hit.hits().get(0).arm()).isOne();
      assertThat(hit.origin().topic()).isEqualTo(TestEvents.TOPIC);
      assertThat(hit.origin().partition()).isEqualTo(3);
      assertThat(hit.origin().offset()).isEqualTo(21);
      assertThat(hit.origin().arrival()).as("ingested_at").isEqualTo(NOON);
    }
  }

  @Test
  void eventsOfNoExperimentSendNothingAndAreAccepted() throws Exception {
    try (var select = opened(X)) {
      select.first(view(NOON), order("u", NOON - 2 * HOUR));
      assertThat(select.drain()).isEmpty();
      select.snapshot();
      assertThat(counts(select.drain(LedgerTally.COUNTS)).accepted()).isEqualTo(2);
    }
  }

  @Test
  void invalidExposuresAreBroughtTogetherByPhase() throws Exception {
    ExperimentDefinition next = Experiments.of("x").version(2).acts(NOON, NOON + HOUR).build();
    try (var select = opened(X, next)) {
      RawRecord noArm =
          CanonicalEvents.of(exposed("web").with("variant", "third").at(NOON + 1).id("a"));
      select.first(exposure("u", "bot", NOON - 2), exposure("v", "bot", NOON - 1), noArm);
      assertThat(select.drain()).isEmpty();
      assertThat(invalid(select)).isEmpty();
      select.clock(EMIT);
      assertThat(invalid(select))
          .containsExactly(
              "x/1: 2 of 2 events, 0 minutes, by " + NOON,
              "x/2: 1 of 1 events, 0 minutes, by " + NOON);
      select.first(noArm).snapshot();
      assertThat(invalid(select)).containsExactly("x/2: 1 of 1 events, 0 minutes, by " + NOON);
      select.first(noArm).watermark(Long.MAX_VALUE);
      assertThat(invalid(select)).hasSize(1);
      select.snapshot();
      assertThat(invalid(select)).as("each once").isEmpty();
    }
  }

  @Test
  void watermarkWaitsForInvalidExposures() throws Exception {
    try (var select = opened(X)) {
      select.first(exposure("u", "bot", NOON)).watermark(NOON);
      assertThat(select.drainAll()).isEmpty();
      select.clock(EMIT);
      assertThat(invalid(select)).hasSize(1);
      assertThat(select.drainAll()).containsExactly(new Watermark(NOON));
    }
  }

  @Test
  void whatConcernsAnExperimentIsLateAtTheWatermarkLessTheLateness() throws Exception {
    try (var select = opened(X)) {
      select.watermark(NOON + 2 * HOUR);
      select.first(order("u", NOON), exposure("u", "web", NOON), exposure("u", "bot", NOON));
      select.first(view(NOON - 30 * HOUR), order("u", NOON - 30 * HOUR));
      select.first(order("v", NOON + 1), exposure("v", "bot", NOON + 1));
      assertThat(phases(select.drain())).containsExactly("user_id=vx/1");
      select.snapshot();
      assertThat(invalid(select)).containsExactly("x/1: 1 of 1 events, 0 minutes, by " + NOON);
      assertThat(select.counter("events_late")).isEqualTo(3);
      PartitionCounts counts = counts(select.drain(LedgerTally.COUNTS));
      assertThat(counts.late()).isEqualTo(3);
      assertThat(counts.accepted()).isEqualTo(4);
    }
  }

  @Test
  void nothingIsLateBeforeTheFirstWatermark() throws Exception {
    try (var select = opened(Experiments.of("x").acts(0, NOON).build())) {
      assertThat(phases(select.first(order("u", 0)).drain())).hasSize(1);
    }
  }

  @Test
  void recordThatIsNoCanonicalOneGoesAside() throws Exception {
    RawRecord json = TestEvents.event("page_viewed").jsonRecord();
    RawRecord raw = TestEvents.event("page_viewed").avroRecord();
    RawRecord nothing = new RawRecord(null, null, raw.origin());
    try (var select = opened(X)) {
      select.first(json, raw, nothing).snapshot();
      List<DeadLetter> letters =
          select.drain(SelectHits.REFUSED).stream().map(DeadLetter.class::cast).toList();
      assertThat(letters).extracting(DeadLetter::raw).containsExactly(json, raw, nothing);
      assertThat(letters)
          .extracting(DeadLetter::failure)
          .containsExactly(Failure.UNREADABLE, Failure.UNKNOWN_VERSION, Failure.UNREADABLE);
      assertThat(letters).extracting(DeadLetter::stage).containsOnly("select-hits");
      assertThat(select.counter("events_rejected")).isEqualTo(3);
      assertThat(select.drain()).isEmpty();
      List<LedgerEntry> entries = select.drain(LedgerTally.COUNTS);
      assertThat(counts(entries).deadLetter()).isEqualTo(3);
      assertThat(entries)
          .filteredOn(entry -> !entry.isPartition())
          .extracting(entry -> entry.failure() + " " + entry.counts().deadLetter())
          .containsExactlyInAnyOrder("unreadable 2", "unknown_version 1");
    }
  }

  @Test
  void definitionsThatComeWhileEventsDoCountFromThenOn() throws Exception {
    try (var select = opened()) {
      select.first(order("u", NOON)).second(X).first(order("v", NOON));
      select.second(Experiments.of("x").version(2).acts(NOON, ExperimentDefinition.NEVER).build());
      select.first(order("w", NOON), order("w", NOON - 1), order("w", NOON + HOUR));
      select.second(Experiments.of("y").build()).first(order("z", NOON - 1));
      assertThat(phases(select.drain()))
          .containsExactly(
              "user_id=vx/1",
              "user_id=wx/2",
              "user_id=wx/1",
              "user_id=wx/2",
              "user_id=zx/1",
              "user_id=zy/1");
    }
  }

  @Test
  void conditionThatDoesNotCompileIsMetByNoEventAndStopsNoOther() throws Exception {
    ExperimentDefinition broken =
        Experiments.of("b").validIf("surface ==").converts("order_placed", "nobody > 1").build();
    try (var select = opened(broken, X)) {
      RawRecord ofBroken = CanonicalEvents.of(exposed("web").with("experiment", "b"));
      select.first(order("u", NOON), ofBroken, exposure("u", "web", NOON));
      select.second(Experiments.of("later").build()).first(order("v", NOON)).snapshot();
      assertThat(phases(select.drain()))
          .containsExactly("user_id=ux/1", "user_id=ux/1", "user_id=vlater/1", "user_id=vx/1");
      assertThat(invalid(select)).containsExactly("b/1: 1 of 1 events, 0 minutes, by " + NOON);
      assertThat(select.counter("conditions_refused")).as("each once").isEqualTo(2);
    }
  }

  @Test
  void eventsThatWaitAreCountedAsWaitingUntilTheirFateIsKnown() throws Exception {
    try (var select = plan().open()) {
      select.first(order("u", NOON), view(NOON), exposure("u", "bot", NOON)).snapshot();
      PartitionCounts before = counts(select.drain(LedgerTally.COUNTS));
      assertThat(before).isEqualTo(new PartitionCounts(0, 0, 0, 0, 0, 3, Long.MIN_VALUE));
      select.second(X).secondIdle().snapshot();
      assertThat(counts(select.drain(LedgerTally.COUNTS)))
          .isEqualTo(new PartitionCounts(0, 3, 0, 0, 0, -3, NOON));
      assertThat(phases(select.drain())).containsExactly("user_id=ux/1");
      assertThat(invalid(select)).hasSize(1);
      assertThat(select.listed(DefinitionsState.waitingRecords())).isZero();
    }
  }

  /** Any record of a few; what becomes of it once the watermark is an hour after noon. */
  private static RawRecord any(Random random, int number) {
    RawRecord record =
        switch (random.nextInt(5)) {
          case 0 -> order("u" + number, NOON - 50 * 60_000 + random.nextInt(3) * HOUR);
          case 1 -> exposure("u" + number, "bot", NOON - 50 * 60_000);
          case 2 -> exposure("u" + number, "web", NOON);
          case 3 -> view(NOON - 40 * HOUR);
          default -> TestEvents.event("page_viewed").jsonRecord();
        };
    return new RawRecord(
        null, record.value(), TestEvents.event("x").from(number % 3, number).origin());
  }

  @Test
  void eachRecordHasOneFateThroughFailuresAndOtherParallelisms() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<LedgerEntry> ledger = new ArrayList<>();
      OperatorSubtaskState[] state = {null, null};
      int read = 0;
      int parallelism = 2;
      for (int run = 0; run < 4; run++) {
        List<TwoInputHarness<RawRecord, ExperimentDefinition, UnitHits>> subtasks =
            state[0] == null
                ? List.of(plan().open(), plan().open())
                : plan().rescale(parallelism, state);
        state = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < subtasks.size(); i++) {
          var select = subtasks.get(i).second(X);
          boolean opens = run % 2 == 1;
          for (int n = 0; n < 20; n++) {
            select.first(any(random, read++));
            if (opens && n == 10) {
              select.secondIdle().watermark(NOON + 70 * 60_000);
            }
          }
          state[i] = select.snapshot();
          ledger.addAll(select.drain(LedgerTally.COUNTS));
          select.first(any(random, 0)).secondIdle();
          select.close();
        }
        parallelism = 1 + random.nextInt(3);
        PartitionCounts counts = counts(ledger);
        assertThat(counts.accepted() + counts.late() + counts.deadLetter() + counts.waiting())
            .as("seed %d, run %d", seed, run)
            .isEqualTo(read);
        assertThat(counts.waiting() == 0).isEqualTo(run % 2 == 1);
      }
      assertThat(counts(ledger).late()).isPositive();
    }
  }
}
