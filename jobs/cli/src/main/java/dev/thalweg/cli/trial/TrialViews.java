package dev.thalweg.cli.trial;

import dev.thalweg.operators.metrics.ViewRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The views as they stand when all rows were applied: of one key, the newer version counts. */
public final class TrialViews {
  private final Map<Object, ViewRow> rows = new HashMap<>();
  private long late;

  TrialViews() {}

  void apply(ViewRow row) {
    rows.merge(key(row), row, (old, next) -> next.version() >= old.version() ? next : old);
  }

  void late(long events) {
    late = events;
  }

  /** Events that every metric dropped as late. */
  public long late() {
    return late;
  }

  private static Object key(ViewRow row) {
    if (row instanceof ViewRow.MetricValue value) {
      return List.of(value.metric(), value.dimensions(), value.windowStart(), value.windowEnd());
    } else if (row instanceof ViewRow.SessionValue session) {
      ViewRow.MetricValue value = session.value();
      return List.of(value.metric(), value.dimensions(), value.windowStart(), "session");
    } else if (row instanceof ViewRow.SessionRow session) {
      return List.of(session.subject(), session.sessionStart());
    } else if (row instanceof ViewRow.FunnelRow funnel) {
      return List.of(funnel.funnel(), funnel.windowStart(), funnel.step());
    }
    ViewRow.RetentionRow retention = (ViewRow.RetentionRow) row;
    return List.of(retention.name(), retention.cohortStart(), retention.period());
  }

  /** Rows of {@code metric_values}, by metric, dimensions and window. */
  public List<ViewRow.MetricValue> metricValues() {
    return rows.values().stream()
        .<ViewRow.MetricValue>mapMulti(TrialViews::addValue)
        .sorted(
            Comparator.comparing(ViewRow.MetricValue::metric)
                .thenComparing(ViewRow.MetricValue::dimensions)
                .thenComparing(ViewRow.MetricValue::windowStart)
                .thenComparing(ViewRow.MetricValue::windowEnd))
        .toList();
  }

  private static void addValue(ViewRow row, Consumer<ViewRow.MetricValue> values) {
    if (row instanceof ViewRow.MetricValue value) {
      values.accept(value);
    } else if (row instanceof ViewRow.SessionValue session && !session.removed()) {
      values.accept(session.value());
    }
  }

  /** Rows of {@code sessions}, by subject and time. */
  public List<ViewRow.SessionRow> sessions() {
    return rows(
            ViewRow.SessionRow.class,
            Comparator.comparing(ViewRow.SessionRow::subject)
                .thenComparing(ViewRow.SessionRow::sessionStart))
        .stream()
        .filter(session -> !session.removed())
        .toList();
  }

  /** Rows of {@code funnels}, by funnel, window and step. */
  public List<ViewRow.FunnelRow> funnels() {
    return rows(
        ViewRow.FunnelRow.class,
        Comparator.comparing(ViewRow.FunnelRow::funnel)
            .thenComparing(ViewRow.FunnelRow::windowStart)
            .thenComparing(ViewRow.FunnelRow::step));
  }

  /** Rows of {@code retention} with users, by view, cohort and period. */
  public List<ViewRow.RetentionRow> retention() {
    return rows(
            ViewRow.RetentionRow.class,
            Comparator.comparing(ViewRow.RetentionRow::name)
                .thenComparing(ViewRow.RetentionRow::cohortStart)
                .thenComparing(ViewRow.RetentionRow::period))
        .stream()
        .filter(row -> row.cohortUsers() > 0)
        .toList();
  }

  private <T extends ViewRow> List<T> rows(Class<T> type, Comparator<T> order) {
    List<T> found = new ArrayList<>();
    rows.values().stream().filter(type::isInstance).map(type::cast).forEach(found::add);
    found.sort(order);
    return found;
  }
}
