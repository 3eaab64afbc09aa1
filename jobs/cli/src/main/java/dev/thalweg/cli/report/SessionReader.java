package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.LengthClass;
import dev.thalweg.cli.report.ViewsSnapshot.SessionSummary;
import dev.thalweg.cli.report.ViewsSnapshot.Spread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads how long sessions are, and how many events they have. */
final class SessionReader {
  private static final int SESSIONS = 200_000;

  private static final String NEWEST =
      """
      with newest as (
        select extract(epoch from session_end - session_start)::double precision as seconds, events
        from sessions order by session_start desc limit %d)
      """
          .formatted(SESSIONS);

  private static final String SUMMARY =
      NEWEST
          + """
      select count(*),
        percentile_disc(array[0.5, 0.95, 1.0]) within group (order by seconds),
        percentile_disc(array[0.5, 0.95, 1.0]) within group (order by events)
      from newest
      """;

  /** Bounds in seconds, and what is below each. The last class has no bound. */
  private static final String CLASSES =
      NEWEST
          + """
      select width_bucket(seconds, array[1, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600, 86400]::double precision[]),
        count(*) from newest group by 1
      """;

  private static final List<String> LABELS =
      List.of(
          "under 1 s",
          "1 s",
          "10 s",
          "30 s",
          "1 min",
          "2 min",
          "5 min",
          "10 min",
          "20 min",
          "30 min",
          "1 h",
          "2 h",
          "6 h",
          "1 day");

  private final ViewQueries queries;

  SessionReader(ViewQueries queries) {
    this.queries = queries;
  }

  SessionSummary read() throws SQLException {
    List<LengthClass> lengths = lengths();
    return queries
        .first(
            SUMMARY,
            row -> {
              long count = row.getLong(1);
              return new SessionSummary(
                  count, count == SESSIONS, spread(row, 2), spread(row, 3), lengths);
            })
        .orElseThrow();
  }

  private List<LengthClass> lengths() throws SQLException {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    queries.list(CLASSES, row -> counts.put(row.getInt(1), row.getLong(2)));
    if (counts.isEmpty()) {
      return List.of();
    }
    return IntStream.rangeClosed(counts.firstKey(), counts.lastKey())
        .mapToObj(i -> new LengthClass(LABELS.get(i), counts.getOrDefault(i, 0L)))
        .toList();
  }

  private static Spread spread(ResultSet row, int column) throws SQLException {
    if (row.getArray(column) == null) {
      return new Spread(0, 0, 0);
    }
    Object[] values = (Object[]) row.getArray(column).getArray();
    return new Spread(number(values[0]), number(values[1]), number(values[2]));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
