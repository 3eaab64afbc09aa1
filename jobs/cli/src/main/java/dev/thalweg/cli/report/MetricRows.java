package dev.thalweg.cli.report;

import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest windows of metrics for the terminal: the newest full one and the one before. */
final class MetricRows {
  private static final int ROWS = 14;
  private static final int MOST_SERIES = 4;
  private static final int CHARACTERS = 28;

  private final ViewsSnapshot views;
  private final Times times;

  MetricRows(ViewsSnapshot views, Times times) {
    this.views = views;
    this.times = times;
  }

  TextTable table() {
    TextTable table =
        TextTable.of("metric", "by", "window", "value", "before").alignRight(3).alignRight(4);
    List<MetricView> metrics = views.metrics().stream().limit(ROWS).toList();
    int room = ROWS;
    for (int i = 0; i < metrics.size(); i++) {
      int most = Math.max(1, Math.min(MOST_SERIES, room / (metrics.size() - i)));
      List<List<String>> rows = rows(metrics.get(i).until(views.newestEvent()), most);
      rows.forEach(table::row);
      room -= rows.size();
    }
    return table;
  }

  /** One row for each series, or for what is left of them. */
  private List<List<String>> rows(MetricView metric, int most) {
    List<Window> shown = newest(metric);
    List<List<String>> rows = new ArrayList<>();
    boolean all = metric.allSeries() <= most || most == 1;
    int series = Math.min(metric.series().size(), all ? most : most - 1);
    for (Series each : metric.series().subList(0, series)) {
      boolean first = rows.isEmpty();
      rows.add(
          List.of(
              first ? cut(metric.name()) : "",
              metric.by().isEmpty() ? "" : cut(each.name()),
              first ? window(shown.get(shown.size() - 1)) : "",
              value(each, Optional.of(shown.get(shown.size() - 1))),
              value(each, shown.size() > 1 ? Optional.of(shown.get(0)) : Optional.empty())));
    }
    if (!all) {
      String more = DisplayNumber.of(metric.allSeries() - series) + " more";
      rows.add(List.of("", more, "", "", ""));
    }
    return rows;
  }

  /** The newest full window and the one before it; open ones if there are no others. */
  private List<Window> newest(MetricView metric) {
    List<Window> windows = metric.windows();
    List<Window> full =
        windows.stream().filter(window -> !window.isOpen(views.newestEvent())).toList();
    boolean cumulating = WindowShape.of(windows) == WindowShape.CUMULATING;
    List<Window> from = full.isEmpty() || cumulating ? windows : full;
    return from.subList(Math.max(0, from.size() - 2), from.size());
  }

  private String window(Window window) {
    return times.window(window) + (window.isOpen(views.newestEvent()) ? ", open" : "");
  }

  private static String value(Series series, Optional<Window> window) {
    return series.values().stream()
        .filter(value -> window.isPresent() && value.window().equals(window.get()))
        .map(Value::value)
        .map(value -> value.isPresent() ? DisplayNumber.of(value.getAsDouble()) : "–")
        .findFirst()
        .orElse("–");
  }

  private static String cut(String text) {
    return DisplayText.cut(text, CHARACTERS);
  }
}
