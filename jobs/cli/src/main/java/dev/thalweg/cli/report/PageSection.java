package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.Markup;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the page.
 *
 * @param id where a link leads
 * @param title its heading
 * @param cards what it shows
 */
record PageSection(String id, String title, List<Markup> cards) {
  static <T> PageSection of(String id, String title, List<T> views, Function<T, Markup> card) {
    return new PageSection(id, title, views.stream().map(card).toList());
  }

  Markup markup() {
    Markup section =
        new Markup().open("section", "id", id).element("h2", title).open("div", "class", "cards");
    cards.forEach(section::add);
    if (cards.isEmpty()) {
      section.element("p", "None.", "class", "none");
    }
    return section.close().close();
  }
}
