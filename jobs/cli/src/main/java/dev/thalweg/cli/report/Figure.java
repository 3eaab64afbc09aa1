package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.ChartSize;
import dev.thalweg.cli.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A chart with what belongs to it: title, a word on what it shows, legend and its numbers. */
public final class Figure {
  /** As wide as the page. */
  public static final ChartSize WIDE = new ChartSize(1040, 290);

  /** Half as wide. */
  public static final ChartSize HALF = new ChartSize(504, 270);

  /** As wide as a phone. */
  static final ChartSize NARROW = new ChartSize(340, 250);

  private final String title;
  private final String about;
  private final List<Markup> parts = new ArrayList<>();
  private String style = "card";

  /** One with that title and that word on what it shows, which may be empty. */
  public Figure(String title, String about) {
    this.title = title;
    this.about = about;
  }

  /** Takes half of the page's width where there is room for two. */
  public Figure half() {
    style = "card half";
    return this;
  }

  /** Adds a chart in two sizes; the page shows the one that fits. */
  public Figure chart(ChartSize wide, Function<ChartSize, String> svg) {
    parts.add(
        new Markup()
            .open("div", "class", "chart wide")
            .raw(svg.apply(wide))
            .close()
            .open("div", "class", "chart narrow")
            .raw(svg.apply(NARROW))
            .close());
    return this;
  }

  /** Adds anything else. */
  public Figure part(Markup part) {
    parts.add(part);
    return this;
  }

  /** Adds the numbers, folded up. */
  public Figure numbers(String summary, HtmlTable table) {
    parts.add(new Markup().open("details").element("summary", summary).add(table.markup()).close());
    return this;
  }

  /** All of it. */
  public Markup markup() {
    Markup figure =
        new Markup()
            .open("figure", "class", style)
            .open("figcaption")
            .open("h3")
            .element("bdi", title)
            .close();
    if (!about.isEmpty()) {
      figure.element("p", about);
    }
    figure.close();
    parts.forEach(figure::add);
    return figure.close();
  }
}
