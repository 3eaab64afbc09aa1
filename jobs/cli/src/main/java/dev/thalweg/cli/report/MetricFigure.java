package dev.thalweg.cli.report;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import dev.thalweg.cli.report.chart.BarChart;
import dev.thalweg.cli.report.chart.BarChart.Bar;
import dev.thalweg.cli.report.chart.ColumnChart;
import dev.thalweg.cli.report.chart.ColumnChart.Column;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.LineChart;
import dev.thalweg.cli.report.chart.Markup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A metric as a chart: bars of its dimensions if there is only one window, columns if there are a
 * few of only one series, else lines.
 */
final class MetricFigure {
  private static final int MOST_COLUMNS = 36;

  private final MetricView metric;
  private final Optional<Instant> newestEvent;
  private final Times times;
  private final List<Window> windows;
  private final WindowShape shape;
  private final String title;

  MetricFigure(MetricView metric, Optional<Instant> newestEvent, Times times) {
    this.metric = metric.until(newestEvent);
    this.newestEvent = newestEvent;
    this.times = times;
    this.shape = WindowShape.of(metric.windows());
    this.windows = this.metric.windows();
    this.title = DisplayText.cut(metric.name(), HtmlTable.MOST_CHARACTERS);
  }

  Markup markup() {
    Figure figure = new Figure(title, about());
    if (windows.size() == 1) {
      BarChart chart = bars();
      figure.chart(Figure.WIDE, size -> chart.svg(size.width()));
    } else if (isFewColumns()) {
      ColumnChart chart = columns();
      figure.chart(Figure.WIDE, chart::svg);
    } else {
      LineChart chart = lines();
      figure.chart(Figure.WIDE, chart::svg).part(new MetricLegend(metric).markup());
    }
    return new MetricNumbers(metric, times).addTo(figure).markup();
  }

  private String about() {
    List<String> parts = new ArrayList<>();
    if (!metric.by().isEmpty()) {
      parts.add("by " + DisplayText.cut(String.join(", ", metric.by()), 80));
    }
    parts.add(windowsInWords());
    if (windows.stream().anyMatch(window -> window.isOpen(newestEvent))) {
      parts.add("dashed or pale: still open");
    }
    return String.join(" · ", parts);
  }

  private String windowsInWords() {
    String step = Times.length(shape.step(windows));
    String longest =
        Times.length(
            windows.stream().map(Window::length).max(Duration::compareTo).orElse(Duration.ZERO));
    String words =
        switch (shape) {
          case TUMBLING -> "windows of " + longest;
          case SLIDING -> "windows of " + longest + ", every " + step;
          case CUMULATING -> "so far in each period, every " + step;
        };
    String count = DisplayNumber.of(windows.size());
    return words + " · " + (metric.limited() ? "the newest " + count : count + " of them");
  }

  private boolean isFewColumns() {
    if (shape != WindowShape.TUMBLING
        || metric.series().size() != 1
        || windows.size() > MOST_COLUMNS) {
      return false;
    }
    for (int i = 1; i < windows.size(); i++) {
      if (!windows.get(i).start().equals(windows.get(i - 1).end())) {
        return false;
      }
    }
    return true;
  }

  private ColumnChart columns() {
    boolean days = shape.step(windows).compareTo(Duration.ofHours(23)) >= 0;
    List<Column> columns =
        metric.series().get(0).values().stream().map(value -> column(value, days)).toList();
    return new ColumnChart(title, axis(), columns);
  }

  private Column column(Value value, boolean days) {
    Instant start = value.window().start();
    return new Column(
        days ? times.shortDay(start) : times.clock(start),
        days ? "" : times.shortDay(start),
        value.value().isPresent() ? value.value().getAsDouble() : null,
        value.window().isOpen(newestEvent));
  }

  private LineChart lines() {
    return new LineChart(title, axis(), times.zone(), new MetricLines(metric, newestEvent).lines());
  }

  private BarChart bars() {
    List<Bar> bars = new ArrayList<>();
    for (Series series : metric.series()) {
      for (Value value : series.values()) {
        value.value().ifPresent(number -> bars.add(new Bar(series.name(), number, "", 0)));
      }
    }
    return new BarChart(title + ", " + times.window(windows.get(0)), bars);
  }

  private String axis() {
    return shape.axis() + ", " + times.zoneName();
  }
}
