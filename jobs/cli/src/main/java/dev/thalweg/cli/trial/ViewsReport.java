package dev.thalweg.cli.trial;

import dev.thalweg.cli.TextTable;
import dev.thalweg.operators.metrics.ViewRow;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints views as tables. */
public final class ViewsReport {
  private static final int SHOWN = 20;

  private final TrialViews views;

  /** Of those views. */
  public ViewsReport(TrialViews views) {
    this.views = views;
  }

  /** Prints what is not empty; an empty line before each table. */
  public void print(PrintStream out, boolean csv) {
    print(out, csv, "metric_values" + (csv ? "" : omitted()), metrics(csv));
    print(out, csv, "funnels", funnels());
    print(out, csv, "retention", retention());
    print(out, csv, "sessions: " + views.sessions().size() + ", the first", sessions(csv));
    if (views.late() > 0) {
      out.println();
      out.println("late: " + views.late() + " events that every metric dropped");
    }
  }

  private static void print(PrintStream out, boolean csv, String title, TextTable table) {
    if (table.isEmpty()) {
      return;
    }
    out.println();
    if (!csv) {
      out.println(title);
    }
    out.println(csv ? table.csv() : table.toString());
  }

  /** How many rows of metrics are not shown. */
  private String omitted() {
    long omitted =
        countsByMetric().values().stream().mapToLong(rows -> Math.max(0, rows - SHOWN)).sum();
    return omitted == 0
        ? ""
        : ": the first %d of each metric; %,d more with --csv".formatted(SHOWN, omitted);
  }

  private Map<String, Long> countsByMetric() {
    return views.metricValues().stream()
        .collect(Collectors.groupingBy(ViewRow.MetricValue::metric, Collectors.counting()));
  }

  private TextTable metrics(boolean all) {
    Map<String, Integer> shown = new HashMap<>();
    TextTable table =
        TextTable.of("metric", "dimensions", "window_start", "window_end", "value", "events")
            .alignRight(4)
            .alignRight(5);
    for (ViewRow.MetricValue row : views.metricValues()) {
      if (shown.merge(row.metric(), 1, Integer::sum) > SHOWN && !all) {
        continue;
      }
      table.row(
          row.metric(),
          row.dimensions(),
          time(row.windowStart()),
          time(row.windowEnd()),
          row.value() == null ? "" : number(row.value()),
          Long.toString(row.events()));
    }
    return table;
  }

  private TextTable funnels() {
    TextTable table =
        TextTable.of("funnel", "window_start", "step", "step_name", "users").alignRight(4);
    for (ViewRow.FunnelRow row : views.funnels()) {
      table.row(
          row.funnel(),
          time(row.windowStart()),
          Integer.toString(row.step()),
          row.stepName(),
          Long.toString(row.users()));
    }
    return table;
  }

  private TextTable retention() {
    TextTable table =
        TextTable.of("name", "cohort_start", "period", "cohort_users", "retained_users")
            .alignRight(3)
            .alignRight(4);
    for (ViewRow.RetentionRow row : views.retention()) {
      table.row(
          row.name(),
          LocalDate.ofEpochDay(row.cohortStart()).toString(),
          row.period(),
          Long.toString(row.cohortUsers()),
          Long.toString(row.retainedUsers()));
    }
    return table;
  }

  private TextTable sessions(boolean all) {
    TextTable table =
        TextTable.of("subject", "session_start", "session_end", "events", "attributes")
            .alignRight(3);
    views.sessions().stream()
        .limit(all ? Long.MAX_VALUE : SHOWN)
        .forEach(
            row ->
                table.row(
                    row.subject(),
                    time(row.sessionStart()),
                    time(row.sessionEnd()),
                    Long.toString(row.events()),
                    row.attributes()));
    return table;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** Whole numbers without a fraction. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
