package dev.thalweg.jobs.postgres;

import static dev.thalweg.jobs.postgres.ViewTable.timestamp;
import static java.util.Comparator.comparing;

import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.RetentionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** The tables of metrics. */
final class MetricTables {
  private static final ViewTable<MetricValue> METRIC_VALUES =
      new ViewTable<>(
          "metric_values",
          MetricValue.class,
          comparing(MetricValue::metric)
              .thenComparing(MetricValue::windowStart)
              .thenComparing(MetricValue::windowEnd)
              .thenComparing(MetricValue::dimensions),
          "window_start",
          MetricValue::windowStart,
          """
          insert into metric_values (metric, dimensions, window_start, window_end, value, events, version)
          values (?, ?::jsonb, ?, ?, ?, ?, ?)
          on conflict (metric, window_start, window_end, md5(dimensions::text)) do update set
            value = excluded.value, events = excluded.events, version = excluded.version
          where metric_values.version <= excluded.version
          """,
          MetricTables::bindMetricValue);

  /**
   * What was published of a session before it began earlier, and was not told to be gone because
   * the job failed in between, begins within it: so it goes with the row that replaces it. Nor does
   * a write that was under way for long bring it back.
   */
  private static final ViewTable<SessionValue> SESSION_VALUES =
      new ViewTable<>(
          "session_values",
          SessionValue.class,
          comparing((SessionValue row) -> row.value().metric())
              .thenComparing(row -> row.value().dimensions())
              .thenComparing(row -> row.value().windowStart()),
          "window_start",
          row -> row.value().windowStart(),
          """
          with written as (
            select ?::text as metric, ?::jsonb as dimensions, ?::timestamptz as window_start, ?::timestamptz as window_end,
              ?::float8 as value, ?::bigint as events, ?::bigint as version, ?::boolean as removed),
          replaced as (
            delete from session_values s using written w
            where s.metric = w.metric and md5(s.dimensions::text) = md5(w.dimensions::text) and s.version <= w.version
              and s.window_start between w.window_start and w.window_end and (w.removed or s.window_start > w.window_start)),
          around as (
            select s.* from session_values s join written w
              on s.metric = w.metric and md5(s.dimensions::text) = md5(w.dimensions::text) and s.window_start < w.window_start
            order by s.window_start desc limit 1)
          insert into session_values (metric, dimensions, window_start, window_end, value, events, version)
          select metric, dimensions, window_start, window_end, value, events, version from written w
          where not removed and not exists (
            select from around a where a.window_end >= w.window_start and a.version > w.version)
          on conflict (metric, md5(dimensions::text), window_start) do update set
            window_end = excluded.window_end, value = excluded.value, events = excluded.events, version = excluded.version
          where session_values.version <= excluded.version
          """,
          MetricTables::bindSessionValue);

  private static final ViewTable<SessionRow> SESSIONS =
      new ViewTable<>(
          "session_rows",
          SessionRow.class,
          comparing(SessionRow::subject).thenComparing(SessionRow::sessionStart),
          "session_start",
          SessionRow::sessionStart,
          """
          insert into session_rows (subject, session_start, session_end, events, attributes, removed, version)
          values (?, ?, ?, ?, ?::jsonb, ?, ?)
          on conflict (md5(subject), session_start) do update set
            session_end = excluded.session_end, events = excluded.events, attributes = excluded.attributes,
            removed = excluded.removed, version = excluded.version
          where session_rows.version <= excluded.version
          """,
          MetricTables::bindSession);

  private static final ViewTable<FunnelRow> FUNNELS =
      new ViewTable<>(
          "funnels",
          FunnelRow.class,
          comparing(FunnelRow::funnel)
              .thenComparing(FunnelRow::windowStart)
              .thenComparing(FunnelRow::step),
          "window_start",
          FunnelRow::windowStart,
          """
          insert into funnels (funnel, window_start, step, step_name, users, version)
          values (?, ?, ?, ?, ?, ?)
          on conflict (funnel, window_start, step) do update set
            step_name = excluded.step_name, users = excluded.users, version = excluded.version
          where funnels.version <= excluded.version
          """,
          MetricTables::bindFunnel);

  private static final ViewTable<RetentionRow> RETENTION =
      new ViewTable<>(
          "retention_rows",
          RetentionRow.class,
          comparing(RetentionRow::name)
              .thenComparing(RetentionRow::cohortStart)
              .thenComparing(RetentionRow::period),
          "cohort_start",
          row -> Duration.ofDays(row.cohortStart()).toMillis(),
          """
          insert into retention_rows (name, cohort_start, period, cohort_users, retained_users, version)
          values (?, ?, ?, ?, ?, ?)
          on conflict (name, cohort_start, period) do update set
            cohort_users = excluded.cohort_users, retained_users = excluded.retained_users, version = excluded.version
          where retention_rows.version <= excluded.version
          """,
          MetricTables::bindRetention);

  /** All of them, in the order in which every writer writes them. */
  static final List<ViewTable<? extends ViewRow>> ALL =
      List.of(METRIC_VALUES, SESSION_VALUES, SESSIONS, FUNNELS, RETENTION);

  private MetricTables() {}

  private static void bindMetricValue(PreparedStatement upsert, MetricValue row, long version)
      throws SQLException {
    upsert.setString(1, row.metric());
    upsert.setString(2, StorableText.ofJson(row.dimensions()));
    upsert.setObject(3, timestamp(row.windowStart()));
    upsert.setObject(4, timestamp(row.windowEnd()));
    upsert.setObject(5, row.value(), Types.DOUBLE);
    upsert.setLong(6, row.events());
    upsert.setLong(7, version);
  }

  private static void bindSessionValue(PreparedStatement upsert, SessionValue row, long version)
      throws SQLException {
    bindMetricValue(upsert, row.value(), version);
    upsert.setBoolean(8, row.removed());
  }

  private static void bindSession(PreparedStatement upsert, SessionRow row, long version)
      throws SQLException {
    upsert.setString(1, StorableText.of(row.subject()));
    upsert.setObject(2, timestamp(row.sessionStart()));
    upsert.setObject(3, timestamp(row.sessionEnd()));
    upsert.setLong(4, row.events());
    upsert.setString(5, StorableText.ofJson(row.attributes()));
    upsert.setBoolean(6, row.removed());
    upsert.setLong(7, version);
  }

  private static void bindFunnel(PreparedStatement upsert, FunnelRow row, long version)
      throws SQLException {
    upsert.setString(1, row.funnel());
    upsert.setObject(2, timestamp(row.windowStart()));
    upsert.setInt(3, row.step());
    upsert.setString(4, row.stepName());
    upsert.setLong(5, row.users());
    upsert.setLong(6, version);
  }

  private static void bindRetention(PreparedStatement upsert, RetentionRow row, long version)
      throws SQLException {
    upsert.setString(1, row.name());
    upsert.setObject(2, LocalDate.ofEpochDay(row.cohortStart()));
    upsert.setString(3, row.period());
    upsert.setLong(4, row.cohortUsers());
    upsert.setLong(5, row.retainedUsers());
    upsert.setLong(6, version);
  }
}
