package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.HtmlPage;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Scorecards as one HTML file that needs nothing else: no server, no script, no network. It is
 * well-formed XML too.
 */
public final class ExperimentsPage {
  private static final int CHARACTERS = 60;

  private final String schema;
  private final List<PhaseScorecard> cards;
  private final Instant now;

  private ExperimentsPage(String schema, List<PhaseScorecard> cards, Instant now) {
    this.schema = schema;
    this.cards = List.copyOf(cards);
    this.now = now;
  }

  /** The page of all experiments, each by its newest phase with numbers, as they were then. */
  public static ExperimentsPage of(ExperimentsSnapshot snapshot, Instant now) {
    return new ExperimentsPage(
        snapshot.schema(),
        snapshot.experiments().stream().map(ExperimentView::newest).toList(),
        now);
  }

  /** The page of one phase, as it was then. */
  public static ExperimentsPage of(String schema, PhaseScorecard card, Instant now) {
    return new ExperimentsPage(schema, List.of(card), now);
  }

  /** Writes it, over what is there. */
  public void write(Path file) throws IOException {
    Files.writeString(file, html());
  }

  /** The page as text. */
  public String html() {
    Markup main = new Markup();
    for (int i = 0; i < cards.size(); i++) {
      main.add(new ScorecardSection(cards.get(i), id(i)).markup());
    }
    if (cards.isEmpty()) {
      main.element("p", "No experiments.", "class", "none");
    }
    return HtmlPage.of(title(), header(), main, "Thalweg · " + schema + " · all times are UTC");
  }

  private static String id(int place) {
    return "experiment-" + (place + 1);
  }

  private String title() {
    return cards.size() == 1 ? name(cards.get(0)) : "Experiments";
  }

  private static String name(PhaseScorecard card) {
    return DisplayText.cut(card.experiment(), CHARACTERS);
  }

  private Markup header() {
    Markup header =
        new Markup()
            .open("header")
            .element("p", "Thalweg", "class", "brand")
            .open("h1")
            .element("bdi", title())
            .close()
            .open("p", "class", "when")
            .text("as it was on ")
            .element("time", PhaseWords.time(now), "datetime", now.toString())
            .text(", schema ")
            .element("code", schema)
            .close()
            .open("nav");
    for (int i = 0; i < cards.size() && cards.size() > 1; i++) {
      header.element("a", name(cards.get(i)), "href", "#" + id(i));
    }
    return header.close().close();
  }
}
