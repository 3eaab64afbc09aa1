package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.Figure;
import dev.thalweg.cli.report.HtmlTable;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.ForestPlot;
import dev.thalweg.cli.report.chart.ForestPlot.Group;
import dev.thalweg.cli.report.chart.ForestPlot.Range;
import dev.thalweg.cli.report.chart.ForestPlot.Row;
import dev.thalweg.cli.report.chart.ForestPlot.Style;
import dev.thalweg.cli.report.chart.Markup;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.cli.scorecard.PhaseScorecard.Arm;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The effects of all variants on all metrics: in words, as one plot, and as a table. */
final class EffectFigure {
  private static final int COLORS = 8;

  private final PhaseScorecard card;

  EffectFigure(PhaseScorecard card) {
    this.card = card;
  }

  Markup markup() {
    List<Group> groups = card.metrics().stream().map(this::group).toList();
    ForestPlot plot = new ForestPlot("Relative effects", described(), " %", groups);
    String baseline = card.baseline().map(name -> " of " + name).orElse("");
    Figure figure =
        new Figure(
            "Metrics",
            "changes as shares"
                + DisplayText.cut(baseline, HtmlTable.MOST_CHARACTERS)
                + ", with intervals that hold at any look · filled: sure · hollow: may be nothing · one look: true only if nobody looked before"
                + (card.definition().stream().allMatch(each -> each.guardrails().isEmpty())
                    ? ""
                    : " · dashed: tolerated by a guardrail"));
    figure.part(sentences());
    if (groups.stream().anyMatch(group -> !group.rows().isEmpty())) {
      figure.chart(Figure.WIDE, size -> plot.svg(size.width()));
    }
    return figure.part(table().markup()).markup();
  }

  private String described() {
    return card.metrics().stream()
        .flatMap(
            scores ->
                new EffectWords(card, scores)
                    .sentences().stream().map(text -> name(scores) + ": " + text))
        .collect(Collectors.joining(" "));
  }

  private static String name(MetricScores scores) {
    return DisplayText.cut(scores.metric(), HtmlTable.MOST_CHARACTERS);
  }

  private Markup sentences() {
    Markup list = new Markup().open("dl", "class", "words");
    for (MetricScores scores : card.metrics()) {
      list.open("dt").element("bdi", name(scores)).close();
      new EffectWords(card, scores).sentences().forEach(text -> list.element("dd", text));
    }
    return list.close();
  }

  private Group group(MetricScores scores) {
    EffectWords words = new EffectWords(card, scores);
    return new Group(
        scores.metric(),
        card.guardrails(scores.metric()).stream().map(each -> 100 * each.tolerance()).toList(),
        scores.compared().stream().map(row -> row(words, row)).toList());
  }

  private Row row(EffectWords words, ScorecardRow row) {
    Style style =
        words.isBroken(row) ? Style.BROKEN : words.isSure(row) ? Style.SURE : Style.UNSURE;
    Range range =
        words
            .relative(row)
            .map(each -> new Range(100 * each.low(), 100 * each.estimate(), 100 * each.high()))
            .orElse(null);
    String said =
        words
            .relative(row)
            .map(
                each ->
                    "%s (%s to %s)"
                        .formatted(
                            Amounts.percent(each.estimate()),
                            Amounts.percent(each.low()),
                            Amounts.percent(each.high())))
            .orElse("not known");
    return new Row(row.variant(), range, said, style, color(row.variant()));
  }

  /** As the bar of its units has it. */
  private int color(String variant) {
    List<String> names = card.arms().stream().map(Arm::name).toList();
    return Math.max(0, names.indexOf(variant)) % COLORS;
  }

  private HtmlTable table() {
    boolean hasCuped =
        card.metrics().stream()
            .flatMap(scores -> scores.rows().stream())
            .anyMatch(row -> row.cupedEffect() != null);
    List<String> headings =
        new ArrayList<>(
            List.of(
                "metric",
                "variant",
                "units",
                "mean or rate",
                "effect",
                "relative",
                "interval at any look",
                "p",
                "Holm",
                "one look"));
    if (hasCuped) {
      headings.add("CUPED effect");
    }
    HtmlTable table = new HtmlTable(2, headings);
    for (MetricScores scores : card.metrics()) {
      Amounts amounts = new Amounts(card.isConversion(scores));
      scores.rows().forEach(row -> table.row(cells(scores, row, amounts, hasCuped)));
    }
    return table;
  }

  private static List<String> cells(
      MetricScores scores, ScorecardRow row, Amounts amounts, boolean hasCuped) {
    List<String> cells = new ArrayList<>();
    cells.add(scores.metric());
    cells.add(row.variant());
    cells.add(DisplayNumber.of(row.units()));
    cells.add(amounts.mean(row.mean()));
    boolean isBaseline = row.variant().equals(row.baseline());
    cells.add(isBaseline ? "" : amounts.change(row.effect()));
    cells.add(isBaseline ? "" : Amounts.percent(row.effectRelative()));
    cells.add(isBaseline ? "" : amounts.range(row.ciLow(), row.ciHigh()));
    cells.add(isBaseline ? "" : Amounts.p(row.pValue()));
    cells.add(isBaseline ? "" : Amounts.p(row.pValueHolm()));
    cells.add(isBaseline ? "" : Amounts.p(row.pValueFixed()));
    if (hasCuped) {
      cells.add(isBaseline || row.cupedEffect() == null ? "" : amounts.change(row.cupedEffect()));
    }
    return cells;
  }
}
