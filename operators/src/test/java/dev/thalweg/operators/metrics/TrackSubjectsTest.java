package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.FunnelDefinition.Step;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.WindowSpec.Cumulating;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrackSubjectsTest {
  static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final long LATENESS = 2 * DAY;
  static final long HORIZON = 60 * DAY;
  private static final long NOON = 20_000 * DAY + 12 * HOUR;
  private static final long EMIT = 5_000;

  static MetricDefinition unique(String name, WindowSpec window) {
    return new MetricDefinition(
        name, MetricKind.UNIQUE, EventSelector.ALL, "", List.of(), window, false, 0, null);
  }

  static FunnelDefinition funnel(String name) {
    return new FunnelDefinition(
        name,
        Duration.ofHours(2),
        new Tumbling(Duration.ofDays(1)),
        IntStream.range(0, 3).mapToObj(i -> new Step("s" + i, EventSelector.ALL)).toList());
  }

  static RetentionDefinition retention(String name) {
    return new RetentionDefinition(
        name,
        EventSelector.ALL,
        Cohort.DAY,
        List.of(Period.parse("D1"), Period.parse("D2+"), Period.parse("W1"), Period.parse("M1")));
  }

  static MetricsConfig config(
      List<MetricDefinition> metrics,
      SessionDefinition sessions,
      List<FunnelDefinition> funnels,
      List<RetentionDefinition> retention) {
    return new MetricsConfig(
        Duration.ofMillis(LATENESS),
        Duration.ofMillis(EMIT),
        VIENNA,
        Duration.ofMillis(HORIZON),
        metrics,
        sessions,
        funnels,
        retention);
  }

  static MetricsConfig config() {
    return config(
        List.of(
            unique("daily", new Tumbling(Duration.ofDays(1))),
            unique("sliding", new Sliding(Duration.ofMinutes(60), Duration.ofMinutes(20))),
            unique("so_far", new Cumulating(Duration.ofDays(1), Duration.ofHours(6)))),
        new SessionDefinition(Duration.ofMinutes(30)),
        List.of(funnel("purchase")),
        List.of(retention("buyers")));
  }

  static OperatorHarness.Plan<SubjectHits, Contribution> plan(MetricsConfig config) {
    return OperatorHarness.keyedOperator(
        () -> new TrackSubjects(config),
        SubjectHits::subject,
        Types.STRING,
        MetricsTypes.CONTRIBUTION);
  }

  /** An event that counts for everything; as many steps of the funnel as there are. */
  static SubjectHits hits(String subject, long time, String type, Integer... steps) {
    return new SubjectHits(
        subject,
        time,
        "e" + time,
        type,
        List.of(new UniqueHit(0, "{}"), new UniqueHit(1, "{}"), new UniqueHit(2, "{}")),
        List.of(steps).stream().map(step -> new FunnelHit(0, step)).toList(),
        List.of(0),
        true);
  }

  /** Lets event time come to that moment, for which a flush is needed. */
  private static OperatorHarness<SubjectHits, Contribution> advance(
      OperatorHarness<SubjectHits, Contribution> harness, long watermark) throws Exception {
    long now = harness.flink().getProcessingTime();
    return harness.watermark(watermark).clock(now + EMIT);
  }

  private static List<SessionRow> sessions(OperatorHarness<SubjectHits, Contribution> harness) {
    List<SessionRow> rows = new ArrayList<>();
    harness.drain(TrackSubjects.sessionRows()).forEach(row -> rows.add((SessionRow) row));
    return rows;
  }

  private static SessionRow row(String subject, long start, long end, long events) {
    return new SessionRow(subject, start, end, events, "{\"a\":" + events + "}", false, events);
  }

  private static SessionRow gone(String subject, long start, long events) {
    return new SessionRow(subject, start, start, 0, "{}", true, events);
  }

  @Test
  void tellsOfCountsAtOnceAndOfSessionsWhenTheirTimeHasCome() throws Exception {
    try (var harness = plan(config()).open()) {
      harness.clock(100);
      harness.process(hits("u", NOON, "a", 0), hits("u", NOON + 1, "a"));
      TrackTotals totals = new TrackTotals();
      harness.drain().forEach(totals);
      // One day, three windows that overlap, three that grow from midnight, funnel, cohort.
      assertThat(totals.counts()).hasSize(1 + 3 + 2 + 1 + 1).containsValue("[1]");
      assertThat(sessions(harness)).isEmpty();
      harness.clock(EMIT - 1);
      assertThat(sessions(harness)).isEmpty();
      harness.clock(EMIT);
      assertThat(sessions(harness)).containsExactly(row("u", NOON, NOON + 1, 2));
      harness.clock(2 * EMIT);
      assertThat(sessions(harness)).isEmpty();
      harness.process(hits("u", NOON + 2, "a"));
      harness.clock(3 * EMIT);
      assertThat(sessions(harness)).containsExactly(row("u", NOON, NOON + 2, 3));
    }
  }

  @Test
  void publishesSessionsAheadOfTheBarrierAndAtTheEnd() throws Exception {
    try (var harness = plan(config()).open()) {
      harness.process(hits("u", NOON, "a"));
      harness.snapshot();
      assertThat(sessions(harness)).containsExactly(row("u", NOON, NOON, 1));
      harness.process(hits("u", NOON - 1, "a"), hits("v", NOON, "a"));
      harness.end();
      assertThat(sessions(harness))
          .containsExactlyInAnyOrder(
              gone("u", NOON, 2), row("u", NOON - 1, NOON, 2), row("v", NOON, NOON, 1));
      harness.assertNothingLeft();
    }
  }

  @Test
  void countsWhatCameTooLateAndKeepsNothingOfIt() throws Exception {
    try (var harness = plan(config()).open()) {
      advance(harness, NOON + HORIZON + 2 * DAY);
      harness.process(hits("u", NOON, "a", 0, 1));
      assertThat(harness.counter("hits_dropped")).isEqualTo(6);
      harness.assertNothingLeft();
      assertThat(harness.drain(TrackSubjects.sessionRows())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void goesOnWhereASnapshotWasTaken(Backend backend) throws Exception {
    TrackTotals totals = new TrackTotals();
    OperatorSubtaskState snapshot;
    try (var harness = plan(config()).on(backend).open()) {
      harness.process(hits("u", NOON, "a", 0), hits("u", NOON + HOUR, "a", 1));
      snapshot = harness.snapshot();
      harness.drain().forEach(totals);
      sessions(harness).forEach(totals::accept);
    }
    try (var harness = plan(config()).on(backend).restore(snapshot)) {
      harness.process(hits("u", NOON + HOUR / 2, "a"), hits("u", NOON + DAY, "a", 2));
      harness.process(hits("u", NOON + HOUR + 1, "a", 2));
      harness.drain().forEach(totals);
      harness.clock(EMIT);
      List<SessionRow> rows = sessions(harness);
      assertThat(rows).contains(gone("u", NOON + HOUR, 3), row("u", NOON, NOON + HOUR + 1, 4));
      rows.forEach(totals::accept);
      advance(harness, NOON + DAY + HORIZON + 3 * DAY).assertNothingLeft();
    }
    assertThat(totals.sessions()).containsOnlyKeys("u " + NOON, "u " + (NOON + DAY));
    assertThat(totals.counts())
        .containsEntry(dayRow(ViewGroup.Kind.FUNNEL, "purchase", 0), "[1, 1, 1]")
        .containsEntry(dayRow(ViewGroup.Kind.RETENTION, "buyers", 0), "[1, 1]")
        .containsEntry(dayRow(ViewGroup.Kind.WINDOWS, "daily", 0), "[1]")
        .containsEntry(dayRow(ViewGroup.Kind.WINDOWS, "daily", 1), "[1]");
  }

  private static String dayRow(ViewGroup.Kind kind, String name, int day) {
    var start = NaiveTracks.day(NOON, VIENNA).plusDays(day);
    return TrackTotals.row(
        new ViewGroup(kind, name, "{}"),
        start.atStartOfDay(VIENNA).toInstant().toEpochMilli(),
        start.plusDays(1).atStartOfDay(VIENNA).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void staysRightFromOneSubtaskToThree(Backend backend) throws Exception {
    TrackTotals totals = new TrackTotals();
    OperatorSubtaskState snapshot;
    try (var harness = plan(config()).on(backend).open()) {
      for (int i = 0; i < 30; i++) {
        harness.process(hits("u" + i, NOON, "a", 0), hits("u" + i, NOON + HOUR, "a", 1));
      }
      snapshot = harness.snapshot();
      harness.drain().forEach(totals);
      sessions(harness).forEach(totals::accept);
    }
    var subtasks = plan(config()).on(backend).rescale(3, snapshot);
    for (int i = 0; i < 30; i++) {
      subtasks
          .get(OperatorHarness.subtask("u" + i, 3))
          .process(hits("u" + i, NOON + HOUR / 2, "a", 2), hits("u" + i, NOON + DAY, "a"));
    }
    for (var subtask : subtasks) {
      subtask.end().drain().forEach(totals);
      sessions(subtask).forEach(totals::accept);
      subtask.assertNothingLeft();
      subtask.close();
    }
    assertThat(totals.sessions()).hasSize(60).containsKey("u7 " + NOON);
    assertThat(totals.counts())
        .containsEntry(dayRow(ViewGroup.Kind.FUNNEL, "purchase", 0), "[30, 30]")
        .containsEntry(dayRow(ViewGroup.Kind.RETENTION, "buyers", 0), "[30, 30]")
        .containsEntry(dayRow(ViewGroup.Kind.WINDOWS, "daily", 1), "[30]");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void leavesNothingBehindAndForgetsAsTimeGoesOn(Backend backend) throws Exception {
    try (var harness = plan(config()).on(backend).open()) {
      int most = 0;
      for (int i = 0; i < 2_000; i++) {
        harness.process(
            hits("busy", NOON + i * HOUR, "a", i % 3), hits("u" + i, NOON + i * HOUR, "a", 0));
        advance(harness, NOON + (i - 1) * HOUR);
        harness.drain();
        if (i == 1_600) {
          most = harness.stateEntries();
        }
      }
      // From the horizon on as much goes as comes.
      assertThat(harness.stateEntries()).isBetween(most * 9 / 10, most * 11 / 10);
      advance(harness, NOON + 2_000 * HOUR + HORIZON + 3 * DAY).assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void stateStaysWithItsNameWhenDeclarationsChangeAndGoesWithIt(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = plan(config()).on(backend).open()) {
      for (int i = 0; i < 200; i++) {
        harness.process(hits("u", NOON + i * MINUTE, "a", i % 3));
      }
      snapshot = harness.snapshot();
    }
    MetricsConfig other =
        config(
            List.of(
                unique("new", new Tumbling(Duration.ofDays(1))),
                unique("daily", new Tumbling(Duration.ofDays(1)))),
            null,
            List.of(funnel("new"), funnel("purchase")),
            List.of(retention("new")));
    try (var harness = plan(other).on(backend).restore(snapshot)) {
      harness.process(
          new SubjectHits(
              "u",
              NOON,
              "e",
              "a",
              List.of(new UniqueHit(0, "{}"), new UniqueHit(1, "{}")),
              List.of(new FunnelHit(0, 0), new FunnelHit(1, 0)),
              List.of(0),
              true));
      TrackTotals totals = new TrackTotals();
      harness.drain().forEach(totals);
      assertThat(totals.counts())
          .containsOnlyKeys(
              dayRow(ViewGroup.Kind.WINDOWS, "new", 0),
              dayRow(ViewGroup.Kind.FUNNEL, "new", 0),
              dayRow(ViewGroup.Kind.RETENTION, "new", 0));
      assertThat(totals.metricEvents()).hasSize(2);
      harness.clock(EMIT);
      assertThat(sessions(harness)).isEmpty();
      advance(harness, NOON + HORIZON + 3 * DAY).assertNothingLeft();
    }
  }
}
