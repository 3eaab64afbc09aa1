package dev.thalweg.cli.report;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import dev.thalweg.cli.report.chart.DisplayNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest values of a metric as a table, a row for each window. */
final class MetricNumbers {
  private static final int ROWS = 24;

  private final MetricView metric;
  private final Times times;

  MetricNumbers(MetricView metric, Times times) {
    this.metric = metric;
    this.times = times;
  }

  Figure addTo(Figure figure) {
    List<Window> windows = metric.windows();
    int shown = Math.min(ROWS, windows.size());
    String summary =
        shown < windows.size() ? "Numbers of the newest " + shown + " windows" : "Numbers";
    return figure.numbers(summary, table(windows.subList(windows.size() - shown, windows.size())));
  }

  private HtmlTable table(List<Window> windows) {
    List<String> headings = new ArrayList<>();
    headings.add("window, " + times.zoneName());
    metric.series().forEach(series -> headings.add(series.name()));
    List<Map<Window, Value>> values =
        metric.series().stream().map(MetricNumbers::byWindow).toList();
    HtmlTable table = new HtmlTable(1, headings);
    for (int i = windows.size() - 1; i >= 0; i--) {
      Window window = windows.get(i);
      List<String> cells = new ArrayList<>();
      cells.add(times.window(window));
      values.forEach(series -> cells.add(shown(series.get(window))));
      table.row(cells);
    }
    return table;
  }

  private static Map<Window, Value> byWindow(Series series) {
    Map<Window, Value> values = new HashMap<>();
    series.values().forEach(value -> values.put(value.window(), value));
    return values;
  }

  private static String shown(Value value) {
    return value == null || value.value().isEmpty()
        ? "–"
        : DisplayNumber.of(value.value().getAsDouble());
  }
}
