package dev.thalweg.cli.report;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads the newest windows of metrics, and in them the dimensions of most events. */
final class MetricReader {
  /** How many windows of a metric are read. */
  static final int WINDOWS = 600;

  /** How many series of a metric are read. */
  static final int SERIES = 8;

  /** From one name to the next by the index, whatever the number of rows. */
  private static final String NAMES =
      """
      with recursive names(metric) as (
        (select metric from metric_values order by metric limit 1)
        union all
        select (select min(v.metric) from metric_values v where v.metric > names.metric)
        from names where names.metric is not null)
      select metric from names where metric is not null limit 50
      """;

  private static final String NEWEST_WINDOWS =
      """
      select distinct window_start, window_end from metric_values where metric = ?
      order by window_start desc, window_end desc limit ?
      """;

  private static final String LARGEST_SERIES =
      """
      select md5(dimensions::text), dimensions::text, sum(events), count(*) over ()
      from metric_values where metric = ? and (window_start, window_end) >= (?, ?)
      group by dimensions order by sum(events) desc, dimensions::text limit ?
      """;

  private static final String VALUES =
      """
      select md5(dimensions::text), window_start, window_end, value, events
      from metric_values
      where metric = ? and (window_start, window_end) >= (?, ?) and md5(dimensions::text) = any(?)
      order by window_start, window_end
      """;

  private final ViewQueries queries;

  MetricReader(ViewQueries queries) {
    this.queries = queries;
  }

  List<MetricView> read() throws SQLException {
    List<MetricView> views = new ArrayList<>();
    for (String name : queries.list(NAMES, row -> row.getString(1))) {
      views.add(read(name));
    }
    return views;
  }

  private MetricView read(String name) throws SQLException {
    List<Window> windows = queries.list(NEWEST_WINDOWS, row -> window(row, 1), name, WINDOWS + 1);
    boolean limited = windows.size() > WINDOWS;
    Window oldest = windows.get(Math.min(WINDOWS, windows.size()) - 1);
    List<Group> groups =
        queries.list(
            LARGEST_SERIES, MetricReader::group, name, oldest.start(), oldest.end(), SERIES);
    Map<String, List<Value>> values = values(name, oldest, groups);
    List<Series> series =
        groups.stream()
            .map(
                group ->
                    new Series(
                        group.dimensions().label(), group.events(), values.get(group.hash())))
            .toList();
    Group largest = groups.get(0);
    return new MetricView(name, largest.dimensions().names(), series, largest.all(), limited);
  }

  private Map<String, List<Value>> values(String name, Window oldest, List<Group> groups)
      throws SQLException {
    Map<String, List<Value>> values = new HashMap<>();
    groups.forEach(group -> values.put(group.hash(), new ArrayList<>()));
    String[] hashes = values.keySet().toArray(String[]::new);
    queries.list(
        VALUES,
        row -> values.get(row.getString(1)).add(value(row)),
        name,
        oldest.start(),
        oldest.end(),
        hashes);
    return values;
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getString(1), Dimensions.parse(row.getString(2)), row.getLong(3), row.getLong(4));
  }

  private static Value value(ResultSet row) throws SQLException {
    double value = row.getDouble(4);
    boolean none = row.wasNull() || !Double.isFinite(value);
    return new Value(
        window(row, 2), none ? OptionalDouble.empty() : OptionalDouble.of(value), row.getLong(5));
  }

  private static Window window(ResultSet row, int column) throws SQLException {
    return new Window(ViewQueries.time(row, column), ViewQueries.time(row, column + 1));
  }

  private record Group(String hash, Dimensions dimensions, long events, long all) {}
}
