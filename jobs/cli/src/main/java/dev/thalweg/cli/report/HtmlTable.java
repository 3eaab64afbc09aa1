package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.util.List;

/** A table of text on the left and numbers on the right. */
public final class HtmlTable {
  /** How much of a text from events is shown. */
  public static final int MOST_CHARACTERS = 40;

  private final int texts;
  private final Markup head = new Markup();
  private final Markup body = new Markup();

  /** A table whose first columns hold text, and the others numbers. */
  public HtmlTable(int texts, List<String> headings) {
    this.texts = texts;
    head.open("tr");
    for (int i = 0; i < headings.size(); i++) {
      cell(head, "th", headings.get(i), i);
    }
    head.close();
  }

  /** Adds a row of as many cells as there are headings. */
  public HtmlTable row(List<String> cells) {
    body.open("tr");
    for (int i = 0; i < cells.size(); i++) {
      cell(body, "td", cells.get(i), i);
    }
    body.close();
    return this;
  }

  /** The table, within what scrolls where it is too wide. */
  public Markup markup() {
    return new Markup()
        .open("div", "class", "scroll")
        .open("table")
        .open("thead")
        .add(head)
        .close()
        .open("tbody")
        .add(body)
        .close()
        .close()
        .close();
  }

  private void cell(Markup row, String element, String text, int column) {
    row.open(element, "class", column < texts ? null : "number")
        .element("bdi", DisplayText.cut(text, MOST_CHARACTERS))
        .close();
  }
}
