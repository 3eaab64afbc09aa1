package dev.thalweg.operators.testkit;

import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Views as tables hold them: a row changes where the new version is at least the old. A later run
 * begins above all versions of those before.
 */
public final class ViewTable {
  private static final int BITS_OF_A_RUN = 40;

  private final Map<List<Object>, ViewRow> rows = new HashMap<>();
  private final Map<List<Object>, Long> versions = new HashMap<>();
  private long run;

  /** What is written from now on is of another run. */
  public void nextRun() {
    run++;
  }

  /** Writes a row. */
  public void write(ViewRow row) {
    List<Object> key = key(row);
    long version = (run << BITS_OF_A_RUN) + row.version();
    if (row instanceof ViewRow.SessionValue session && !session.removed()) {
      replaceWithin(session.value(), version);
    }
    if (version >= versions.getOrDefault(key, Long.MIN_VALUE)) {
      versions.put(key, version);
      rows.put(key, row);
    }
  }

  /** What began within a session and was not told to be gone, as the job failed in between. */
  private void replaceWithin(MetricValue session, long version) {
    rows.entrySet()
        .removeIf(
            old ->
                old.getValue() instanceof ViewRow.SessionValue value
                    && value.value().metric().equals(session.metric())
                    && value.value().dimensions().equals(session.dimensions())
                    && value.value().windowStart() > session.windowStart()
                    && value.value().windowStart() <= session.windowEnd()
                    && versions.get(old.getKey()) <= version);
  }

  private static List<Object> key(ViewRow row) {
    if (row instanceof ViewRow.MetricValue value) {
      return List.of(
          "metric", value.metric(), value.dimensions(), value.windowStart(), value.windowEnd());
    } else if (row instanceof ViewRow.SessionValue session) {
      MetricValue value = session.value();
      return List.of("metric", value.metric(), value.dimensions(), value.windowStart());
    } else if (row instanceof ViewRow.SessionRow session) {
      return List.of("session", session.subject(), session.sessionStart());
    } else if (row instanceof ViewRow.FunnelRow funnel) {
      return List.of("funnel", funnel.funnel(), funnel.windowStart(), funnel.step());
    }
    ViewRow.RetentionRow retention = (ViewRow.RetentionRow) row;
    return List.of("retention", retention.name(), retention.cohortStart(), retention.period());
  }

  /** The rows as they stand, by key; removed sessions and cohorts that nobody is in are none. */
  public Map<String, ViewRow> rows() {
    Map<String, ViewRow> there = new TreeMap<>();
    rows.forEach(
        (key, row) -> {
          boolean gone =
              row instanceof ViewRow.SessionRow session && session.removed()
                  || row instanceof ViewRow.SessionValue value && value.removed()
                  || row instanceof ViewRow.RetentionRow retention && retention.cohortUsers() == 0;
          if (!gone) {
            there.put(key.toString(), row);
          }
        });
    return there;
  }

  /** What the rows say, by key, without their versions. */
  public Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    rows().forEach((key, row) -> contents.put(key, content(row)));
    return contents;
  }

  private static String content(ViewRow row) {
    if (row instanceof ViewRow.SessionValue session) {
      return session.value().windowEnd() + " " + content(session.value());
    } else if (row instanceof ViewRow.MetricValue value) {
      return value.value() + " of " + value.events();
    } else if (row instanceof ViewRow.SessionRow session) {
      return session.sessionEnd() + " " + session.events() + " " + session.attributes();
    } else if (row instanceof ViewRow.FunnelRow funnel) {
      return funnel.stepName() + " " + funnel.users();
    }
    ViewRow.RetentionRow retention = (ViewRow.RetentionRow) row;
    return retention.retainedUsers() + " of " + retention.cohortUsers();
  }
}
