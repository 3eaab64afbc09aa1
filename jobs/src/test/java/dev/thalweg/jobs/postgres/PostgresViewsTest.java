package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.RetentionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The views as a reader of PostgreSQL sees them. */
final class PostgresViewsTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final long NOON = 1_793_534_400_000L;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final ManualTimers timers = new ManualTimers();
  private final SimpleCounter written = new SimpleCounter();
  private PostgresConfig where;

  @BeforeEach
  void migrate() {
    where = POSTGRES.newSchema();
  }

  private ViewWriter<ViewRow> writer(long epoch, Duration retention, int batch) throws Exception {
    // As a job ships it.
    PostgresViews shipped =
        InstantiationUtil.clone(
            new PostgresViews(
                where, new RunEpoch(epoch), retention, batch, Duration.ofSeconds(30)));
    return new ViewWriter<>(MetricTables.ALL, shipped, timers, written, new SimpleCounter());
  }

  private void write(long epoch, ViewRow... rows) throws Exception {
    try (ViewWriter<ViewRow> writer = writer(epoch, Duration.ZERO, 1000)) {
      for (ViewRow row : rows) {
        writer.write(row, null);
      }
      writer.flush(false);
    }
  }

  private static MetricValue value(String metric, double value, long version) {
    return new MetricValue(metric, "{\"a\": 1}", NOON, NOON + HOUR, value, version, version);
  }

  private static SessionRow session(String subject, long start, boolean removed, long version) {
    return new SessionRow(subject, start, start + 5, 2, "{\"n\": 1}", removed, version);
  }

  private List<Object> column(String sql) {
    return PostgresServer.query(where, sql).stream()
        .map(row -> row.values().iterator().next())
        .toList();
  }

  private List<Object> values() {
    return column("select value from metric_values order by metric, dimensions::text");
  }

  @Test
  void rowsAppearInTheirTables() throws Exception {
    write(
        2,
        value("revenue", 12.5, 7),
        session("u1", NOON, false, 3),
        new FunnelRow("purchase", NOON, 1, "view", 5, 9),
        new RetentionRow("buyers", 20_758, "D7+", 10, 4, 11));
    assertThat(PostgresServer.query(where, "select *, dimensions->'a' as a from metric_values"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("metric", "revenue")
                    .containsEntry("value", 12.5)
                    .containsEntry("events", 7L)
                    .containsEntry("version", (2L << 40) + 7)
                    .containsKeys("dimensions", "window_start", "window_end"));
    assertThat(
            column(
                "select extract(epoch from window_end)::bigint * 1000 from metric_values where dimensions = '{\"a\":1}'"))
        .containsExactly(NOON + HOUR);
    assertThat(
            PostgresServer.query(
                where,
                "select subject, extract(epoch from session_end - session_start)::float8 as length, events, attributes->>'n' as n, version from sessions"))
        .containsExactly(
            Map.of(
                "subject",
                "u1",
                "length",
                0.005,
                "events",
                2L,
                "n",
                "1",
                "version",
                (2L << 40) + 3));
    assertThat(column("select funnel || step || step_name || users || '/' || version from funnels"))
        .containsExactly("purchase1view5/" + ((2L << 40) + 9));
    assertThat(
            column(
                "select name || cohort_start || period || cohort_users || retained_users from retention"))
        .containsExactly("buyers2026-11-01D7+104");
  }

  private static SessionValue during(long start, long end, boolean removed, long events) {
    return new SessionValue(
        new MetricValue("visits", "{\"a\": 1}", start, end, (double) events, events, events),
        removed);
  }

  private List<Object> sessionWindows() {
    return column(
        "select extract(epoch from window_start)::bigint - %d || '-' || extract(epoch from window_end)::bigint - %d || ': ' || value from metric_values order by window_start"
            .formatted(NOON / 1000, NOON / 1000));
  }

  @Test
  void endOfSessionMovesOnAndItsBeginningMayGo() throws Exception {
    write(1, during(NOON + 50_000, NOON + 60_000, false, 1));
    write(1, during(NOON + 50_000, NOON + 70_000, false, 2), value("revenue", 1, 1));
    assertThat(sessionWindows()).containsExactly("0-3600: 1", "50-70: 2");
    write(
        1,
        during(NOON + 50_000, NOON + 50_000, true, 3),
        during(NOON + 45_000, NOON + 70_000, false, 3));
    write(1, during(NOON + 50_000, NOON + 65_000, false, 1));
    assertThat(sessionWindows()).containsExactly("0-3600: 1", "45-70: 3");
  }

  @Test
  void sessionReplacesWhatBeganWithinItAndWasNotToldToBeGone() throws Exception {
    write(1, during(NOON + 50_000, NOON + 60_000, false, 2));
    write(1, during(NOON + 90_000, NOON + 95_000, false, 1));
    write(1, during(NOON + 40_000, NOON + 50_000, false, 1));
    assertThat(sessionWindows()).containsExactly("40-50: 1", "50-60: 2", "90-95: 1");
    write(1, during(NOON + 40_000, NOON + 60_000, false, 3));
    assertThat(sessionWindows()).containsExactly("40-60: 3", "90-95: 1");
  }

  @Test
  void newerWinsOlderIsIgnoredEqualRewrites() throws Exception {
    write(1, value("m", 1, 5));
    write(1, value("m", 2, 6));
    assertThat(values()).containsExactly(2.0);
    write(1, value("m", 3, 5));
    assertThat(values()).containsExactly(2.0);
    write(1, value("m", 4, 6));
    assertThat(values()).containsExactly(4.0);
  }

  @Test
  void laterRunWinsWhateverItCounted() throws Exception {
    write(1, value("m", 1, 1_000_000));
    write(2, value("m", 2, 1));
    write(1, value("m", 3, 2_000_000));
    assertThat(values()).containsExactly(2.0);
  }

  @Test
  void everyTableRefusesOlderRows() throws Exception {
    write(
        1,
        session("u", NOON, false, 5),
        new FunnelRow("f", NOON, 1, "s", 5, 5),
        new RetentionRow("r", 1, "D1", 5, 5, 5));
    write(
        1,
        session("u", NOON, true, 4),
        new FunnelRow("f", NOON, 1, "s", 4, 4),
        new RetentionRow("r", 1, "D1", 4, 4, 4));
    assertThat(column("select count(*) from sessions")).containsExactly(1L);
    assertThat(column("select users from funnels")).containsExactly(5L);
    assertThat(column("select retained_users from retention")).containsExactly(5L);
  }

  @Test
  void ofTwoInABatchTheNewerIsWritten() throws Exception {
    write(1, value("m", 1, 1), value("m", 2, 3), value("m", 3, 2), value("n", 4, 1));
    assertThat(values()).containsExactly(2.0, 4.0);
    assertThat(written.getCount()).isEqualTo(2);
  }

  @Test
  void dimensionsAndWindowsTellRowsApart() throws Exception {
    write(
        1,
        new MetricValue("m", "{}", NOON, NOON + 1, 1.0, 1, 1),
        new MetricValue("m", "{}", NOON, NOON + 2, 2.0, 1, 1),
        new MetricValue("m", "{}", NOON + 1, NOON + 2, 3.0, 1, 1),
        new MetricValue("m", "{\"a\": null}", NOON, NOON + 1, 4.0, 1, 1),
        new MetricValue("m", "{\"a\": \"\"}", NOON, NOON + 1, 5.0, 1, 1));
    assertThat(values()).hasSize(5);
  }

  @Test
  void removedSessionDoesNotComeBack() throws Exception {
    write(1, session("u", NOON, false, 1), session("v", NOON, false, 1));
    write(1, session("u", NOON, true, 2), session("u", NOON - HOUR, false, 2));
    write(1, session("u", NOON, false, 1));
    assertThat(
            column(
                "select subject || extract(epoch from session_start)::bigint * 1000 from sessions order by 1"))
        .containsExactly("u" + (NOON - HOUR), "v" + NOON);
    write(1, session("u", NOON, false, 3));
    assertThat(column("select count(*) from sessions where subject = 'u'")).containsExactly(2L);
  }

  @Test
  void removalOfWhatWasNeverWrittenIsRemembered() throws Exception {
    write(1, session("u", NOON, true, 2));
    write(1, session("u", NOON, false, 1));
    assertThat(column("select count(*) from sessions")).containsExactly(0L);
  }

  private static RetentionRow cohort(long day, long users, long version) {
    return new RetentionRow("r", day, "D1", users, 0, version);
  }

  private List<Object> cohorts() {
    return column("select cohort_start - date '1970-01-01' from retention order by 1");
  }

  @Test
  void cohortThatAllUsersLeftIsGoneAndDoesNotComeBack() throws Exception {
    write(1, cohort(8, 1, 1), cohort(9, 2, 2));
    assertThat(cohorts()).containsExactly(8, 9);
    write(1, cohort(7, 1, 1), cohort(8, 0, 2));
    assertThat(cohorts()).containsExactly(7, 9);
    write(1, cohort(8, 1, 1));
    assertThat(cohorts()).as("after a write that was under way for long").containsExactly(7, 9);
    write(1, cohort(8, 1, 3));
    assertThat(cohorts()).as("with a user of its own").containsExactly(7, 8, 9);
  }

  @Test
  void manyRowsAreWrittenInBatches() throws Exception {
    try (ViewWriter<ViewRow> writer = writer(1, Duration.ZERO, 1000)) {
      for (int i = 0; i < 9_500; i++) {
        writer.write(value("m" + i, i, 1), null);
      }
      assertThat(written.getCount()).isEqualTo(9_000);
      writer.flush(false);
    }
    assertThat(column("select count(*) from metric_values")).containsExactly(9_500L);
    // One transaction for each batch.
    assertThat(column("select count(distinct xmin::text) from metric_values")).containsExactly(10L);
  }

  @Test
  void rowsWaitASecondAtMost() throws Exception {
    try (ViewWriter<ViewRow> writer = writer(1, Duration.ZERO, 1000)) {
      writer.write(value("m", 1, 1), null);
      writer.write(value("n", 2, 1), null);
      assertThat(timers.count()).isEqualTo(1);
      timers.advance(999);
      assertThat(values()).isEmpty();
      timers.advance(1);
      assertThat(values()).hasSize(2);
      assertThat(timers.count()).isZero();
      writer.write(value("o", 3, 1), null);
      timers.advance(1000);
      assertThat(values()).hasSize(3);
    }
  }

  @Test
  void whateverAnEventHoldsIsStored() throws Exception {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    random.ints(20_000, 'a', 'z').forEach(c -> text.append((char) c));
    String dimensions = "{\"page\": \"" + text + "\\u0000\"}";
    write(
        1,
        new MetricValue("m", dimensions, NOON, NOON + 1, Double.NaN, 1, 1),
        new MetricValue("m", "{}", NOON, NOON + 1, null, 1, 1),
        new MetricValue("n", "{}", NOON, NOON + 1, Double.NEGATIVE_INFINITY, 1, 1),
        session(text + "\0", NOON, false, 1),
        new SessionRow("w", NOON, NOON, 1, dimensions, false, 1));
    write(1, new MetricValue("m", dimensions, NOON, NOON + 1, 7.0, 2, 2));
    assertThat(values()).containsExactlyInAnyOrder(7.0, null, Double.NEGATIVE_INFINITY);
    assertThat(column("select length(subject) from sessions order by 1"))
        .containsExactly(1, 20_001);
  }

  @Test
  void rowsOfOldWindowsAreRemoved() throws Exception {
    try (ViewWriter<ViewRow> writer = writer(1, Duration.ofDays(10), 1000)) {
      for (int day = 0; day <= 12; day++) {
        long start = NOON + day * DAY;
        writer.write(new MetricValue("m", "{}", start, start + DAY, 1.0, 1, 1), null);
        writer.write(session("u", start, day % 2 == 0, 1), null);
        writer.write(new FunnelRow("f", start, 1, "s", 1, 1), null);
        writer.write(new RetentionRow("r", 20_758 + day, "D1", 1, 1, 1), null);
      }
      writer.flush(false);
      assertThat(column("select count(*) from metric_values")).containsExactly(11L);
      assertThat(column("select count(*) from session_rows")).containsExactly(11L);
      assertThat(column("select count(*) from funnels")).containsExactly(11L);
      assertThat(column("select count(*) from retention_rows")).containsExactly(10L);
      writer.write(session("u", NOON + 13 * DAY, false, 1), null);
      writer.flush(false);
      assertThat(column("select count(*) from metric_values")).containsExactly(10L);
    }
  }

  @Test
  void nothingIsRemovedForEver() throws Exception {
    write(1, session("u", 0, false, 1), session("u", NOON, false, 1));
    assertThat(column("select count(*) from sessions")).containsExactly(2L);
  }

  @Test
  void batchOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                new PostgresViews(where, new RunEpoch(1), Duration.ZERO, 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("batchSize: ");
  }
}
