package dev.thalweg.cli.report;

import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelStep;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelView;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelWindow;
import dev.thalweg.cli.report.ViewsSnapshot.RetentionView;
import dev.thalweg.cli.report.ViewsSnapshot.SessionSummary;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The views in the terminal, on one screen. */
public final class ViewsTable {
  private static final int FUNNEL_ROWS = 7;
  private static final int RETENTION_ROWS = 5;
  private static final int CHARACTERS = 28;

  private final ViewsSnapshot views;
  private final Times times;
  private final List<String> lines = new ArrayList<>();

  private ViewsTable(ViewsSnapshot views) {
    this.views = views;
    this.times = new Times(views.zone());
  }

  /** At most about forty lines; views that are empty are left out. */
  public static List<String> lines(ViewsSnapshot views) {
    return new ViewsTable(views).lines();
  }

  private List<String> lines() {
    add("metrics, times in " + times.zoneName(), new MetricRows(views, times).table());
    add("funnels", funnels());
    add("retention", retention());
    SessionSummary sessions = views.sessions();
    if (sessions.count() > 0) {
      addGap();
      lines.add(
          "%s sessions: median %s and %s events; 95 %% at most %s and %s events"
              .formatted(
                  (sessions.limited() ? "the newest " : "") + DisplayNumber.of(sessions.count()),
                  Times.span(sessions.seconds().median()),
                  DisplayNumber.of(sessions.events().median()),
                  Times.span(sessions.seconds().high()),
                  DisplayNumber.of(sessions.events().high())));
    }
    return List.copyOf(lines);
  }

  private void add(String title, TextTable table) {
    if (!table.isEmpty()) {
      addGap();
      lines.add(title);
      lines.addAll(table.lines());
    }
  }

  private void addGap() {
    if (!lines.isEmpty()) {
      lines.add("");
    }
  }

  private TextTable funnels() {
    TextTable table =
        TextTable.of("funnel", "window from", "step", "users", "of first", "of before");
    for (int column = 3; column < table.columns(); column++) {
      table.alignRight(column);
    }
    views.funnels().stream()
        .flatMap(funnel -> steps(funnel).stream())
        .limit(FUNNEL_ROWS)
        .forEach(table::row);
    return table;
  }

  /** Of the newest window. */
  private List<List<String>> steps(FunnelView funnel) {
    FunnelWindow window = funnel.windows().get(0);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < window.steps().size(); i++) {
      FunnelStep step = window.steps().get(i);
      rows.add(
          List.of(
              i == 0 ? cut(funnel.name()) : "",
              i == 0 ? times.full(window.start()) : "",
              cut(step.name()),
              DisplayNumber.of(step.users()),
              FunnelFigure.ofFirst(window, i),
              i == 0 ? "" : FunnelFigure.ofBefore(window, i)));
    }
    return rows;
  }

  private TextTable retention() {
    TextTable table = TextTable.of("retention", "cohort", "users", "came back").alignRight(2);
    int each = Math.max(1, RETENTION_ROWS / Math.max(1, views.retention().size()));
    for (RetentionView view : views.retention().stream().limit(RETENTION_ROWS).toList()) {
      for (Cohort cohort : view.cohorts().stream().limit(each).toList()) {
        table.row(
            cut(view.name()),
            times.date(cohort.start()),
            DisplayNumber.of(cohort.users()),
            cameBack(view, cohort));
      }
    }
    return table;
  }

  private String cameBack(RetentionView view, Cohort cohort) {
    return view.periods().stream()
        .limit(RETENTION_ROWS)
        .map(
            period ->
                DisplayText.cut(period.label(), 8)
                    + " "
                    + RetentionCell.of(cohort, period, views.newestEvent().map(times::day)).text())
        .collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    return DisplayText.cut(text, CHARACTERS);
  }
}
