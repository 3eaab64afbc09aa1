package dev.thalweg.cli.report;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.LineChart.Line;
import dev.thalweg.cli.report.chart.LineChart.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a metric. A line has a gap where there is no value, where a window is missing, and
 * where a cumulating period begins again.
 */
final class MetricLines {
  private final MetricView metric;
  private final Optional<Instant> newestEvent;
  private final WindowShape shape;
  private final Duration farthest;

  MetricLines(MetricView metric, Optional<Instant> newestEvent) {
    this.metric = metric;
    this.newestEvent = newestEvent;
    List<Window> windows = metric.windows();
    this.shape = WindowShape.of(windows);
    // A day may have 25 hours.
    this.farthest = shape.step(windows).multipliedBy(3).dividedBy(2);
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Series series : metric.series()) {
      String name = DisplayText.cut(series.name(), HtmlTable.MOST_CHARACTERS);
      lines.add(new Line(name, lines.size(), segments(series.values())));
    }
    return lines;
  }

  private List<List<Point>> segments(List<Value> values) {
    List<List<Point>> segments = new ArrayList<>();
    Window last = null;
    for (Value value : values) {
      if (value.value().isEmpty()) {
        last = null;
        continue;
      }
      if (last == null || !follows(last, value.window())) {
        segments.add(new ArrayList<>());
      }
      last = value.window();
      segments.get(segments.size() - 1).add(point(value));
    }
    return segments;
  }

  private boolean follows(Window last, Window next) {
    if (shape == WindowShape.CUMULATING && !last.start().equals(next.start())) {
      return false;
    }
    Duration distance = Duration.between(shape.place(last), shape.place(next));
    return distance.compareTo(farthest) <= 0;
  }

  private Point point(Value value) {
    Window window = value.window();
    return new Point(shape.place(window), value.value().getAsDouble(), window.isOpen(newestEvent));
  }
}
