package dev.thalweg.cli.report.chart;

import java.util.List;
import java.util.Objects;

/**
 * Values side by side, as of a few windows or of the classes of a histogram.
 *
 * @param title what a screen reader announces
 * @param axis what the columns are
 * @param columns from left to right
 */
public record ColumnChart(String title, String axis, List<Column> columns) {
  private static final int STEPS = 5;
  private static final double LABEL_GAP = 8;
  private static final double WIDEST = 56;

  /**
   * A column.
   *
   * @param label what it is
   * @param group what it belongs to with its neighbours, or empty
   * @param value null leaves a gap
   * @param open whether the value may still change
   */
  public record Column(String label, String group, Double value, boolean open) {}

  /** Copies the list. */
  public ColumnChart {
    columns = List.copyOf(columns);
  }

  /** The picture. */
  public String svg(ChartSize size) {
    ValueAxis values =
        ValueAxis.fromZero(
            columns.stream().map(Column::value).filter(Objects::nonNull).toList(), STEPS);
    PlotArea area = PlotArea.inside(size, values);
    Markup svg = size.begin(title);
    area.drawValues(svg, values);
    double each = area.width() / Math.max(1, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      draw(svg, columns.get(i), area.left() + i * each, each, area.vertical(values));
    }
    drawLabels(svg, area, each);
    area.drawAxisTitle(svg, axis);
    return svg.close().toString();
  }

  private static void draw(Markup svg, Column column, double x, double width, Scale up) {
    if (column.value() == null) {
      return;
    }
    double zero = up.at(0);
    double y = up.at(column.value());
    double drawn = Math.min(WIDEST, width * 0.76);
    svg.open(
            "rect",
            "class",
            column.open() ? "column open" : "column",
            "x",
            x + (width - drawn) / 2,
            "y",
            Math.min(zero, y),
            "width",
            drawn,
            "height",
            Math.abs(zero - y),
            "rx",
            2.0)
        .element("title", described(column))
        .close();
  }

  private static String described(Column column) {
    String when = column.group().isEmpty() ? "" : column.group() + " ";
    return when + column.label() + ": " + DisplayNumber.of(column.value());
  }

  /** As many labels as there is room for. */
  private void drawLabels(Markup svg, PlotArea area, double each) {
    double widest =
        columns.stream().mapToDouble(column -> DisplayText.width(column.label())).max().orElse(0);
    int step = (int) Math.max(1, Math.ceil((widest + LABEL_GAP) / each));
    String last = "";
    for (int i = 0; i < columns.size(); i += step) {
      Column column = columns.get(i);
      String group = column.group().equals(last) ? "" : column.group();
      area.drawLabel(svg, area.left() + (i + 0.5) * each, column.label(), group);
      last = column.group();
    }
  }
}
