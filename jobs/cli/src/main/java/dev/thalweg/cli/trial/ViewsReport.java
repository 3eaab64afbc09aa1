package dev.thalweg.cli.trial;

import dev.thalweg.cli.TextTable;
import dev.thalweg.operators.metrics.ViewRow;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;

/** Prints views as tables. */
public final class ViewsReport {
  private static final int SESSIONS_SHOWN = 20;

  private final TrialViews views;

  /** Of those views. */
  public ViewsReport(TrialViews views) {
    this.views = views;
  }

  /** Prints what is not empty; an empty line before each table. */
  public void print(PrintStream out, boolean csv) {
    print(out, csv, "metric_values", metrics());
    print(out, csv, "funnels", funnels());
    print(out, csv, "retention", retention());
    print(out, csv, "sessions: " + views.sessions().size() + ", the first", sessions());
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

  private TextTable metrics() {
    TextTable table =
        TextTable.of("metric", "dimensions", "window_start", "window_end", "value", "events")
            .alignRight(4)
            .alignRight(5);
    for (ViewRow.MetricValue row : views.metricValues()) {
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

  private TextTable sessions() {
    TextTable table =
        TextTable.of("subject", "session_start", "session_end", "events", "attributes")
            .alignRight(3);
    views.sessions().stream()
        .limit(SESSIONS_SHOWN)
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
