package dev.thalweg.cli.report.chart;

/**
 * The part of a picture between the axes.
 *
 * @param left where it begins
 * @param top where it begins
 * @param right where it ends
 * @param bottom where it ends
 */
record PlotArea(double left, double top, double right, double bottom) {
  private static final double GAP = 8;
  private static final double TOP = 14;
  private static final double LABELS = 54;

  /** What the labels of a vertical axis and two lines below a horizontal one leave. */
  static PlotArea inside(ChartSize size, ValueAxis axis) {
    double left = Math.min(axis.labelWidth() + 2 * GAP, size.width() / 2.0);
    return new PlotArea(left, TOP, size.width() - 2 * GAP, size.height() - LABELS);
  }

  double width() {
    return right - left;
  }

  /** From the bottom up. */
  Scale vertical(ValueAxis axis) {
    return axis.scale(bottom, top);
  }

  /** A line and a number for each tick; the line at zero is stronger. */
  void drawValues(Markup svg, ValueAxis axis) {
    Scale scale = vertical(axis);
    for (double tick : axis.ticks()) {
      double y = scale.at(tick);
      svg.empty(
          "line", "class", tick == 0 ? "zero" : "grid", "x1", left, "x2", right, "y1", y, "y2", y);
      svg.element(
          "text",
          DisplayNumber.of(tick),
          "class",
          "tick",
          "x",
          left - GAP,
          "y",
          y + 4,
          "text-anchor",
          "end");
    }
  }

  /** A label below the axis, and below that what it belongs to. */
  void drawLabel(Markup svg, double x, String label, String group) {
    svg.element("text", label, "class", "tick", "x", x, "y", bottom + 17, "text-anchor", "middle");
    if (!group.isEmpty()) {
      svg.element(
          "text", group, "class", "group", "x", x, "y", bottom + 31, "text-anchor", "middle");
    }
  }

  /** What the horizontal axis shows. */
  void drawAxisTitle(Markup svg, String title) {
    svg.element("text", title, "class", "axis", "x", right, "y", bottom + 48, "text-anchor", "end");
  }
}
