package dev.thalweg.cli.report.chart;

import java.util.List;
import java.util.stream.Stream;

/**
 * Intervals below each other on one axis, in groups. An interval that is much longer than most is
 * cut and ends in an arrow, so that it does not hide the others.
 *
 * @param title what a screen reader announces
 * @param description the same in words
 * @param unit behind the numbers of the axis
 * @param groups from top to bottom
 */
public record ForestPlot(String title, String description, String unit, List<Group> groups) {
  private static final int STEPS = 6;
  private static final int NARROW = 640;
  private static final double HEADING = 26;
  private static final double WIDE_ROW = 26;
  private static final double NARROW_ROW = 44;
  private static final double AXIS = 30;
  private static final double GAP = 12;
  private static final double EDGE = 26;
  private static final double ARROW = 6;
  private static final double LONGEST = 4;
  private static final int CHARACTERS = 40;

  /**
   * Rows that belong together.
   *
   * @param name of the group
   * @param marks values that are marked on all of its rows
   * @param rows from top to bottom
   */
  public record Group(String name, List<Double> marks, List<Row> rows) {
    /** Copies the lists. */
    public Group {
      marks = List.copyOf(marks);
      rows = List.copyOf(rows);
    }
  }

  /**
   * An interval.
   *
   * @param label whose it is
   * @param range where it lies; null where it is not known
   * @param said beside it
   * @param style of the interval
   * @param color number of its colour
   */
  public record Row(String label, Range range, String said, Style style, int color) {}

  /**
   * Where an interval lies.
   *
   * @param low where it begins
   * @param estimate within it
   * @param high where it ends
   */
  public record Range(double low, double estimate, double high) {
    double reach() {
      return Math.max(Math.abs(low), Math.abs(high));
    }
  }

  /** How sure it is. */
  public enum Style {
    /** It may be nothing. */
    UNSURE("interval unsure"),
    /** It is something. */
    SURE("interval sure"),
    /** It is something that must not be. */
    BROKEN("interval broken");

    private final String style;

    Style(String style) {
      this.style = style;
    }
  }

  /** Copies the list. */
  public ForestPlot {
    groups = List.copyOf(groups);
  }

  /** The picture; its height follows from the number of rows. */
  public String svg(int width) {
    boolean isNarrow = width < NARROW;
    double row = isNarrow ? NARROW_ROW : WIDE_ROW;
    double bottom =
        groups.stream().mapToDouble(group -> HEADING + row * group.rows().size()).sum() + 4;
    ChartSize size = new ChartSize(width, (int) Math.max(80, Math.ceil(bottom + AXIS)));
    Markup svg = size.begin(title, description);
    ValueAxis axis = axis(isNarrow ? STEPS / 2 : STEPS);
    double left = isNarrow ? EDGE : widest(rows().map(Row::label)) + GAP + EDGE;
    double right = width - (isNarrow ? EDGE : widest(rows().map(Row::said)) + GAP + EDGE);
    Scale across = axis.scale(left, Math.max(left + 40, right));
    drawAxis(svg, axis, across, bottom);
    double y = 0;
    for (Group group : groups) {
      svg.element(
          "text",
          DisplayText.cut(group.name(), CHARACTERS),
          "class",
          "heading",
          "x",
          0.0,
          "y",
          y + 18);
      drawMarks(svg, group, across, y + HEADING, y + HEADING + row * group.rows().size());
      y += HEADING;
      for (Row each : group.rows()) {
        drawText(svg, each, y, width, isNarrow);
        drawInterval(svg, each, isNarrow ? y + 32 : y + row / 2, across);
        y += row;
      }
    }
    return svg.close().toString();
  }

  private Stream<Row> rows() {
    return groups.stream().flatMap(group -> group.rows().stream());
  }

  private static double widest(Stream<String> texts) {
    return texts
        .mapToDouble(text -> DisplayText.width(DisplayText.cut(text, CHARACTERS)))
        .max()
        .orElse(0);
  }

  private ValueAxis axis(int steps) {
    List<Range> ranges = rows().filter(row -> row.range() != null).map(Row::range).toList();
    List<Double> reaches = ranges.stream().map(Range::reach).sorted().toList();
    double usual = reaches.isEmpty() ? 1 : LONGEST * reaches.get((reaches.size() - 1) / 2);
    List<Double> shown =
        Stream.concat(
                ranges.stream().flatMap(range -> Stream.of(range.low(), range.high())),
                groups.stream().flatMap(group -> group.marks().stream()))
            .map(value -> Math.max(-usual, Math.min(usual, value)))
            .toList();
    return ValueAxis.fromZero(shown, steps);
  }

  private void drawAxis(Markup svg, ValueAxis axis, Scale across, double bottom) {
    for (double tick : axis.ticks()) {
      double x = across.at(tick);
      svg.empty(
          "line",
          "class",
          tick == 0 ? "zero" : "grid",
          "x1",
          x,
          "x2",
          x,
          "y1",
          HEADING,
          "y2",
          bottom);
      String label = (tick > 0 ? "+" : "") + DisplayNumber.of(tick) + unit;
      svg.element(
          "text", label, "class", "tick", "x", x, "y", bottom + 17, "text-anchor", "middle");
    }
  }

  private void drawMarks(Markup svg, Group group, Scale across, double top, double bottom) {
    for (double mark : group.marks()) {
      if (isWithin(mark, across)) {
        double x = across.at(mark);
        svg.open("line", "class", "tolerance", "x1", x, "x2", x, "y1", top, "y2", bottom)
            .element("title", "tolerated: " + DisplayNumber.of(mark) + unit)
            .close();
      }
    }
  }

  private static boolean isWithin(double value, Scale across) {
    return value >= across.from() && value <= across.to();
  }

  private static void drawText(Markup svg, Row row, double y, int width, boolean isNarrow) {
    double baseline = isNarrow ? y + 16 : y + WIDE_ROW / 2 + 4;
    int characters =
        isNarrow
            ? (int) Math.max(4, (width - DisplayText.width(row.said()) - GAP) / 7)
            : CHARACTERS;
    svg.element(
            "text",
            DisplayText.cut(row.label(), characters),
            "class",
            "name",
            "x",
            0.0,
            "y",
            baseline)
        .element(
            "text",
            DisplayText.cut(row.said(), CHARACTERS),
            "class",
            "said",
            "x",
            (double) width,
            "y",
            baseline,
            "text-anchor",
            "end");
  }

  private static void drawInterval(Markup svg, Row row, double y, Scale across) {
    if (row.range() == null) {
      return;
    }
    double low = Math.max(across.from(), Math.min(across.to(), row.range().low()));
    double high = Math.max(across.from(), Math.min(across.to(), row.range().high()));
    svg.open("g", "class", row.style().style + " c" + row.color())
        .element("title", DisplayText.cut(row.label(), CHARACTERS) + ": " + row.said())
        .empty("line", "x1", across.at(low), "x2", across.at(high), "y1", y, "y2", y);
    if (row.range().low() < across.from()) {
      drawArrow(svg, across.start(), -ARROW, y);
    }
    if (row.range().high() > across.to()) {
      drawArrow(svg, across.end(), ARROW, y);
    }
    if (isWithin(row.range().estimate(), across)) {
      svg.empty("circle", "cx", across.at(row.range().estimate()), "cy", y, "r", 5.0);
    }
    svg.close();
  }

  private static void drawArrow(Markup svg, double x, double length, double y) {
    svg.empty(
        "path",
        "d",
        "M%s %sL%s %sL%s %sZ"
            .formatted(
                Markup.plain(x),
                Markup.plain(y - ARROW),
                Markup.plain(x + 1.5 * length),
                Markup.plain(y),
                Markup.plain(x),
                Markup.plain(y + ARROW)));
  }
}
