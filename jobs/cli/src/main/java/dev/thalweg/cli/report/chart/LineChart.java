package dev.thalweg.cli.report.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Values over time. A line is drawn dashed where its values may still change.
 *
 * @param title what a screen reader announces
 * @param axis what the times are
 * @param zone in which they are labelled
 * @param lines one for each series
 */
public record LineChart(String title, String axis, ZoneId zone, List<Line> lines) {
  private static final int STEPS = 5;
  private static final double LABEL_WIDTH = 56;
  private static final int MOST_DOTS = 40;

  /**
   * A series.
   *
   * @param name whose it is
   * @param color number of its colour
   * @param segments parts without a gap; between them nothing is drawn
   */
  public record Line(String name, int color, List<List<Point>> segments) {
    /** Copies the list. */
    public Line {
      segments = segments.stream().filter(segment -> !segment.isEmpty()).toList();
    }

    Stream<Point> points() {
      return segments.stream().flatMap(List::stream);
    }
  }

  /**
   * A value.
   *
   * @param time when
   * @param value finite
   * @param open whether it may still change
   */
  public record Point(Instant time, double value, boolean open) {}

  /** Copies the list. */
  public LineChart {
    lines = List.copyOf(lines);
  }

  /** The picture. */
  public String svg(ChartSize size) {
    ValueAxis values = ValueAxis.fromZero(points().map(Point::value).toList(), STEPS);
    PlotArea area = PlotArea.inside(size, values);
    Markup svg = size.begin(title);
    area.drawValues(svg, values);
    if (points().findAny().isPresent()) {
      Scale across = drawTimes(svg, area);
      // The first series is the largest, and lies on top.
      for (int i = lines.size() - 1; i >= 0; i--) {
        draw(svg, lines.get(i), across, area.vertical(values));
      }
    }
    area.drawAxisTitle(svg, axis);
    return svg.close().toString();
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(Line::points);
  }

  private Scale drawTimes(Markup svg, PlotArea area) {
    Instant first = points().map(Point::time).min(Instant::compareTo).orElseThrow();
    Instant last = points().map(Point::time).max(Instant::compareTo).orElseThrow();
    Scale scale =
        new Scale(first.toEpochMilli(), last.toEpochMilli(), area.left() + 4, area.right() - 4);
    int most = Math.max(2, (int) (area.width() / LABEL_WIDTH));
    for (TimeAxis.Tick tick : TimeAxis.between(first, last, most, zone).ticks()) {
      double x = scale.at(tick.time().toEpochMilli());
      svg.empty(
          "line", "class", "mark", "x1", x, "x2", x, "y1", area.bottom(), "y2", area.bottom() + 4);
      area.drawLabel(svg, x, tick.label(), tick.group());
    }
    return scale;
  }

  private static void draw(Markup svg, Line line, Scale across, Scale up) {
    svg.open("g", "class", "line c" + line.color()).element("title", line.name());
    boolean dots = line.points().count() <= MOST_DOTS;
    for (List<Point> segment : line.segments()) {
      int closed = (int) segment.stream().takeWhile(point -> !point.open()).count();
      drawPath(svg, segment.subList(0, closed), null, across, up);
      drawPath(svg, segment.subList(Math.max(0, closed - 1), segment.size()), "open", across, up);
      if (dots || segment.size() == 1) {
        segment.forEach(point -> drawDot(svg, point, across, up));
      }
    }
    svg.close();
  }

  private static void drawPath(
      Markup svg, List<Point> points, String style, Scale across, Scale up) {
    if (points.size() < 2) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Markup.plain(across.at(point.time().toEpochMilli())))
          .append(' ')
          .append(Markup.plain(up.at(point.value())));
    }
    svg.empty("path", "class", style, "d", path);
  }

  private static void drawDot(Markup svg, Point point, Scale across, Scale up) {
    svg.open(
            "circle",
            "class",
            point.open() ? "open" : null,
            "cx",
            across.at(point.time().toEpochMilli()),
            "cy",
            up.at(point.value()),
            "r",
            2.5)
        .element(
            "title",
            String.format(Locale.ROOT, "%s: %s", point.time(), DisplayNumber.of(point.value())))
        .close();
  }
}
