package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.Figure;
import dev.thalweg.cli.report.HtmlTable;
import dev.thalweg.cli.report.chart.BarChart;
import dev.thalweg.cli.report.chart.BarChart.Bar;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.Markup;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.cli.scorecard.PhaseScorecard.Arm;
import java.util.ArrayList;
import java.util.List;

/** Whether the numbers can be trusted, and which units they rest on. */
final class UnitCards {
  private static final int COLORS = 8;
  private static final int MOST_DROPS = 30;

  private final PhaseScorecard card;

  UnitCards(PhaseScorecard card) {
    this.card = card;
  }

  Markup health(Health health) {
    boolean isGood = health.status().equals("ok");
    Markup article =
        new Markup()
            .open("article", "class", "card half ledger")
            .open("h3")
            .text("Health")
            .element("span", isGood ? "✓ ok" : "✗ look", "class", isGood ? "good" : "bad")
            .close()
            .element("p", isGood ? "the numbers can be trusted" : PhaseWords.status(health))
            .open("div", "class", "facts");
    fact(article, DisplayNumber.of(health.units()), "units");
    fact(
        article,
        PhaseWords.p(health.sequentialSampleRatio()),
        "p of the sample ratio at any look; "
            + PhaseWords.p(health.sampleRatio())
            + " as one look");
    fact(article, DisplayNumber.of(health.inSeveralVariants()), "units seen in several variants");
    fact(article, DisplayNumber.of(health.invalidExposures()), "exposures not valid");
    fact(article, DisplayNumber.of(health.outcomesBefore()), "outcomes before the unit's exposure");
    fact(article, DisplayNumber.of(health.neverExposed()), "units with outcomes, never exposed");
    article.close();
    if (!card.numbers().drops().isEmpty()) {
      article.element("h4", "Refused exposures (dead letters)").add(drops());
    }
    return article.close();
  }

  private static void fact(Markup article, String number, String about) {
    article.open("div").element("b", number).element("span", about).close();
  }

  private Markup drops() {
    HtmlTable table = new HtmlTable(2, List.of("variant", "reason", "exposures"));
    for (Drop drop : card.numbers().drops().stream().limit(MOST_DROPS).toList()) {
      table.row(List.of(drop.variant(), drop.failure(), DisplayNumber.of(drop.events())));
    }
    return table.markup();
  }

  Markup arms() {
    List<Arm> arms = card.arms();
    long all = arms.stream().mapToLong(Arm::units).sum();
    HtmlTable table =
        new HtmlTable(1, List.of("variant", "weight", "units", "share", "promised by weights"));
    List<Bar> bars = new ArrayList<>();
    for (Arm arm : arms) {
      String share = DisplayNumber.share(arm.units(), all);
      String promised =
          arm.promised().map(units -> DisplayNumber.of(Math.round(units))).orElse(Amounts.NONE);
      String note = arm.promised().isPresent() ? share + " · promised " + promised : share;
      bars.add(
          new Bar(
              arm.name(), arm.units(), note, bars.size() % COLORS, arm.promised().orElse(null)));
      table.row(
          List.of(
              arm.name(),
              arm.weight().map(Object::toString).orElse(Amounts.NONE),
              DisplayNumber.of(arm.units()),
              share,
              promised));
    }
    BarChart chart = new BarChart("Units per variant", bars);
    String about =
        arms.stream().anyMatch(arm -> arm.promised().isPresent())
            ? "the mark is what the weights promise"
            : "the weights are not known";
    return new Figure("Units per variant", about)
        .half()
        .chart(Figure.HALF, size -> chart.svg(size.width()))
        .numbers("Numbers", table)
        .markup();
  }
}
