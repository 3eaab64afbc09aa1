package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.RandomStream.Happening;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Views of streams by SQL that was written from their definitions: {@code views.sql}. It shares
 * nothing with the operators but the declarations, not even the arithmetic of time zones. The
 * database is in memory, and everything it needs is part of its jar.
 */
final class DuckDb implements AutoCloseable {
  private final DuckDBConnection connection;

  /**
   * A row as it should be.
   *
   * @param detail what must be equal beside the value
   * @param least the value at least, and {@code greatest} at most; null for no value
   */
  record Expected(String detail, Double least, Double greatest, long events) {}

  DuckDb() throws SQLException, IOException {
    Connection opened = DriverManager.getConnection("jdbc:duckdb:");
    connection = opened.unwrap(DuckDBConnection.class);
    execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false");
    execute(script("views-tables.sql"));
  }

  private static String script(String name) throws IOException {
    try (InputStream in = DuckDb.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Filling {
    void fill(Table table) throws SQLException;
  }

  private void fill(String table, Filling filling) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender("main", table)) {
      filling.fill(values -> append(appender, values));
    }
  }

  private interface Table {
    void add(Object... values) throws SQLException;
  }

  private static void append(DuckDBAppender appender, Object... values) throws SQLException {
    appender.beginRow();
    for (Object value : values) {
      if (value == null) {
        appender.appendNull();
      } else if (value instanceof Double number) {
        appender.append(number.doubleValue());
      } else if (value instanceof Number number) {
        appender.append(number.longValue());
      } else if (value instanceof Boolean bool) {
        appender.append(bool.booleanValue());
      } else {
        appender.append(value.toString());
      }
    }
    appender.endRow();
  }

  /** Takes in streams: what is declared of each, and what happened. */
  void load(List<RandomStream> streams) throws SQLException {
    fill("streams", table -> forEach(streams, DuckDb::addStream, table));
    fill("events", table -> forEach(streams, DuckDb::addEvents, table));
    fill("metrics", table -> forEach(streams, DuckDb::addMetrics, table));
    fill("funnels", table -> forEach(streams, DuckDb::addFunnels, table));
    fill("steps", table -> forEach(streams, DuckDb::addSteps, table));
    fill("retention", table -> forEach(streams, DuckDb::addRetention, table));
    fill("periods", table -> forEach(streams, DuckDb::addPeriods, table));
  }

  private interface Adding {
    void add(RandomStream stream, Table table) throws SQLException;
  }

  private static void forEach(List<RandomStream> streams, Adding adding, Table table)
      throws SQLException {
    for (RandomStream stream : streams) {
      adding.add(stream, table);
    }
  }

  private static void addStream(RandomStream stream, Table table) throws SQLException {
    MetricsConfig config = stream.config();
    Long gap = config.sessions().map(sessions -> sessions.gap().toMillis()).orElse(null);
    table.add(stream.seed(), config.zone(), gap);
  }

  private static void addEvents(RandomStream stream, Table table) throws SQLException {
    for (Happening event : stream.events()) {
      Map<String, Object> fields = event.fields();
      table.add(
          stream.seed(),
          event.type(),
          event.time(),
          fields.get("event_id"),
          fields.get("user_id"),
          fields.get("anonymous_id"),
          fields.get("source"),
          fields.get("product_id"),
          fields.get("category"),
          fields.get("price_cents"),
          fields.get("quantity"),
          fields.get("amount_cents"),
          fields.get("currency"),
          fields.get("value"));
    }
  }

  private static void addMetrics(RandomStream stream, Table table) throws SQLException {
    for (MetricDefinition metric : stream.config().definitions()) {
      List<String> by = metric.by();
      WindowSpec window = metric.window();
      table.add(
          stream.seed(),
          metric.name(),
          metric.kind(),
          JudgedSelector.nameOf(metric.events()),
          metric.of(),
          by.isEmpty() ? null : by.get(0),
          by.size() < 2 ? null : by.get(1),
          shape(window),
          window.size().toMillis(),
          window instanceof WindowSpec.Sliced sliced ? sliced.slice().toMillis() : null,
          metric.approximate(),
          metric.quantile(),
          metric.denominator().map(per -> JudgedSelector.nameOf(per.events())).orElse(null),
          metric.denominator().map(MetricDefinition.Denominator::of).orElse(null));
    }
  }

  private static String shape(WindowSpec window) {
    if (window instanceof WindowSpec.Tumbling) {
      return "tumbling";
    }
    if (window instanceof WindowSpec.Session) {
      return "session";
    }
    return window instanceof WindowSpec.Sliding ? "sliding" : "cumulating";
  }

  private static void addFunnels(RandomStream stream, Table table) throws SQLException {
    for (FunnelDefinition funnel : stream.config().funnels()) {
      long size = funnel.window().size().toMillis();
      table.add(stream.seed(), "funnel " + funnel.name(), funnel.within().toMillis(), size);
    }
  }

  private static void addSteps(RandomStream stream, Table table) throws SQLException {
    for (FunnelDefinition funnel : stream.config().funnels()) {
      for (int i = 0; i < funnel.steps().size(); i++) {
        FunnelDefinition.Step step = funnel.steps().get(i);
        String selector = JudgedSelector.nameOf(step.events());
        table.add(stream.seed(), "funnel " + funnel.name(), i + 1, step.name(), selector);
      }
    }
  }

  private static void addRetention(RandomStream stream, Table table) throws SQLException {
    for (RetentionDefinition view : stream.config().retention()) {
      String selector = JudgedSelector.nameOf(view.events());
      table.add(stream.seed(), view.name(), selector, view.cohort());
    }
  }

  private static void addPeriods(RandomStream stream, Table table) throws SQLException {
    for (RetentionDefinition view : stream.config().retention()) {
      for (RetentionDefinition.Period period : view.periods()) {
        table.add(
            stream.seed(), view.name(), period, period.unit(), period.number(), period.orLater());
      }
    }
  }

  /** By seed and row, the views of all streams loaded. */
  Map<Long, Map<String, Expected>> views() throws SQLException, IOException {
    execute(
        JudgedSelector.ALL.stream()
            .map(
                s ->
                    "select '%s' as selector, * from happened where %s"
                        .formatted(s.name(), s.sql()))
            .collect(Collectors.joining(" union all ", "create table selected as ", "")));
    Map<Long, Map<String, Expected>> views = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(script("views.sql"))) {
      while (rows.next()) {
        Double least = rows.getObject(4) == null ? null : rows.getDouble(4);
        Double greatest = rows.getObject(5) == null ? null : rows.getDouble(5);
        views
            .computeIfAbsent(rows.getLong(1), seed -> new TreeMap<>())
            .put(
                rows.getString(2),
                new Expected(rows.getString(3), least, greatest, rows.getLong(6)));
      }
    }
    return views;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
