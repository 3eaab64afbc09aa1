package dev.thalweg.cli.report.chart;

import java.util.List;

/**
 * Named values below each other, each a line of text above its bar.
 *
 * @param title what a screen reader announces
 * @param bars from top to bottom
 */
public record BarChart(String title, List<Bar> bars) {
  private static final double ROW = 42;
  private static final double TEXT = 16;
  private static final double BAR_TOP = 22;
  private static final double BAR = 12;
  private static final int SMALLEST = 80;
  private static final int LONGEST = 60;

  /**
   * A bar.
   *
   * @param label whose value it is
   * @param value how long the bar is
   * @param note said beside the value, or empty
   * @param color number of its colour
   * @param expected how long the bar should be, shown by a mark; null for no mark
   */
  public record Bar(String label, double value, String note, int color, Double expected) {
    /** One of which no length is expected. */
    public Bar(String label, double value, String note, int color) {
      this(label, value, note, color, null);
    }

    double longest() {
      return expected == null ? value : Math.max(value, expected);
    }

    String said() {
      return DisplayNumber.of(value) + (note.isEmpty() ? "" : "  ·  " + note);
    }
  }

  /** Copies the list. */
  public BarChart {
    bars = List.copyOf(bars);
  }

  /** The picture; its height follows from the number of bars. */
  public String svg(int width) {
    ChartSize size =
        new ChartSize(width, (int) Math.max(SMALLEST, Math.ceil(ROW * bars.size() + 4)));
    double lowest = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
    double highest = Math.max(0, bars.stream().mapToDouble(Bar::longest).max().orElse(0));
    Scale across = new Scale(lowest, lowest == highest ? lowest + 1 : highest, 0, width);
    Markup svg = size.begin(title);
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), i * ROW, across);
    }
    return svg.close().toString();
  }

  private static void draw(Markup svg, Bar bar, double y, Scale across) {
    double room = across.end() - DisplayText.width(bar.said()) - 16;
    int characters = (int) Math.max(4, Math.min(LONGEST, room / DisplayText.width("m")));
    double zero = across.at(0);
    double x = across.at(bar.value());
    svg.element(
            "text",
            DisplayText.cut(bar.label(), characters),
            "class",
            "name",
            "x",
            0.0,
            "y",
            y + TEXT)
        .element(
            "text",
            bar.said(),
            "class",
            "said",
            "x",
            across.end(),
            "y",
            y + TEXT,
            "text-anchor",
            "end")
        .empty(
            "rect",
            "class",
            "track",
            "x",
            0.0,
            "y",
            y + BAR_TOP,
            "width",
            across.end(),
            "height",
            BAR,
            "rx",
            3.0)
        .empty(
            "rect",
            "class",
            "bar c" + bar.color(),
            "x",
            Math.min(zero, x),
            "y",
            y + BAR_TOP,
            "width",
            Math.abs(x - zero),
            "height",
            BAR,
            "rx",
            3.0);
    if (bar.expected() != null) {
      double mark = Math.min(across.end() - 1, across.at(bar.expected()));
      svg.empty(
          "line",
          "class",
          "expected",
          "x1",
          mark,
          "x2",
          mark,
          "y1",
          y + BAR_TOP - 3,
          "y2",
          y + BAR_TOP + BAR + 3);
    }
  }
}
