package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import java.util.List;
import java.util.Set;

/** A scorecard as a part of a page: the decision first, then what it rests on. */
final class ScorecardSection {
  private static final int CHARACTERS = 60;
  private static final int LONGEST_REASON = 1000;
  private static final Set<String> KNOWN = Set.of("continue", "ship", "rollback", "review");

  private final PhaseScorecard card;
  private final String id;
  private final PhaseWords words;

  ScorecardSection(PhaseScorecard card, String id) {
    this.card = card;
    this.id = id;
    words = new PhaseWords(card);
  }

  Markup markup() {
    Markup section =
        new Markup()
            .open("section", "id", id)
            .open("h2")
            .element("bdi", DisplayText.cut(card.experiment(), CHARACTERS))
            .close()
            .element("p", words.identity() + " · " + words.state(), "class", "when")
            .open("div", "class", "cards experiment");
    section.add(banner());
    UnitCards units = new UnitCards(card);
    card.numbers().health().ifPresent(health -> section.add(units.health(health)));
    if (!card.arms().isEmpty()) {
      section.add(units.arms());
    }
    if (!card.metrics().isEmpty()) {
      section.add(new EffectFigure(card).markup());
    }
    if (!card.numbers().decisions().isEmpty()) {
      section.add(timeline());
    }
    return section.close().close();
  }

  private Markup banner() {
    List<Decided> decisions = card.numbers().decisions();
    if (decisions.isEmpty()) {
      return new Markup()
          .open("article", "class", "card banner")
          .element("h3", "No decision yet")
          .element(
              "p",
              card.numbers().isEmpty()
                  ? "No exposure was counted."
                  : "No closed minute was judged.")
          .close();
    }
    Decided latest = decisions.get(0);
    String acting = words.acting(latest);
    return new Markup()
        .open("article", "class", "card banner " + style(latest))
        .element("p", "decision")
        .open("h3")
        .element("bdi", words.verdict(latest))
        .close()
        .element("p", DisplayText.cut(latest.reason(), LONGEST_REASON), "class", "reason")
        .element(
            "p", "since " + PhaseWords.time(latest.at()) + (acting.isEmpty() ? "" : " · " + acting))
        .close();
  }

  private static String style(Decided decided) {
    return KNOWN.contains(decided.verdict()) ? decided.verdict() : "";
  }

  private Markup timeline() {
    Markup article =
        new Markup()
            .open("article", "class", "card")
            .element("h3", "Decisions")
            .element("p", "the newest first; each stands until the next")
            .open("ol", "class", "timeline");
    for (Decided decided : card.numbers().decisions()) {
      article
          .open("li", "class", style(decided))
          .element("time", PhaseWords.time(decided.at()), "datetime", decided.at().toString())
          .element("b", words.verdict(decided))
          .element("span", DisplayText.cut(decided.reason(), LONGEST_REASON))
          .close();
    }
    article.close();
    if (card.numbers().earlierDecisions() > 0) {
      article.element("p", "and " + card.numbers().earlierDecisions() + " before");
    }
    return article.close();
  }
}
