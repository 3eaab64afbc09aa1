package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A metric in the terminal: what it says, its numbers, and its intervals as a plot. */
final class MetricText {
  private static final String INDENT = "  ";
  private static final int WIDTH = ScorecardText.WIDTH - INDENT.length();

  private final PhaseScorecard card;
  private final Glyphs glyphs;

  MetricText(PhaseScorecard card, Glyphs glyphs) {
    this.card = card;
    this.glyphs = glyphs;
  }

  List<String> lines(MetricScores scores) {
    Amounts amounts = new Amounts(card.isConversion(scores));
    EffectWords words = new EffectWords(card, scores);
    List<String> lines = new ArrayList<>();
    words.sentences().forEach(text -> lines.addAll(WrappedText.lines(text, WIDTH, 2)));
    lines.add("");
    lines.addAll(table(scores, amounts).lines(WIDTH));
    lines.addAll(cuped(scores, amounts));
    lines.add("");
    lines.addAll(plot(scores, amounts, words).lines(WIDTH));
    List<String> indented = new ArrayList<>();
    indented.add(DisplayText.cut(scores.metric(), ScorecardText.CHARACTERS * 3));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    lines.forEach(line -> indented.add((INDENT + line).stripTrailing()));
    return indented;
  }

  private static FittedTable table(MetricScores scores, Amounts amounts) {
    FittedTable table =
        new FittedTable(
            1,
            List.of(
                "variant",
                "units",
                amounts.isConversion() ? "rate" : "mean",
                "effect",
                "relative",
                "interval at any look",
                "p",
                "Holm",
                "one look"));
    for (ScorecardRow row : scores.rows()) {
      boolean isBaseline = row.variant().equals(row.baseline());
      List<String> cells = new ArrayList<>();
      cells.add(name(row));
      cells.add(DisplayNumber.of(row.units()));
      cells.add(amounts.mean(row.mean()));
      cells.add(isBaseline ? "" : amounts.change(row.effect()));
      cells.add(isBaseline ? "" : Amounts.percent(row.effectRelative()));
      cells.add(isBaseline ? "" : amounts.range(row.ciLow(), row.ciHigh()));
      cells.add(isBaseline ? "" : Amounts.p(row.pValue()));
      cells.add(isBaseline ? "" : Amounts.p(row.pValueHolm()));
      cells.add(isBaseline ? "" : Amounts.p(row.pValueFixed()));
      table.row(cells);
    }
    return table;
  }

  private static List<String> cuped(MetricScores scores, Amounts amounts) {
    List<String> lines = new ArrayList<>();
    for (ScorecardRow row : scores.compared()) {
      if (row.cupedEffect() != null && row.cupedStandardError() != null) {
        lines.addAll(
            WrappedText.lines(
                "%s by CUPED, the time before exposure taken out: %s, standard error %s"
                    .formatted(
                        name(row),
                        amounts.change(row.cupedEffect()),
                        amounts.size(row.cupedStandardError())),
                WIDTH,
                2));
      }
    }
    return lines;
  }

  /** In shares of the baseline where that is known of all, else in the metric's unit. */
  private IntervalPlot plot(MetricScores scores, Amounts amounts, EffectWords words) {
    List<ScorecardRow> rows = scores.compared();
    boolean isRelative =
        rows.stream()
            .allMatch(
                row -> words.relative(row).isPresent() || EffectRange.absolute(row).isEmpty());
    IntervalPlot plot =
        isRelative
            ? new IntervalPlot(glyphs, Amounts::percent, tolerances(scores))
            : new IntervalPlot(glyphs, amounts::change, List.of());
    for (ScorecardRow row : rows) {
      Optional<EffectRange> range = isRelative ? words.relative(row) : EffectRange.absolute(row);
      String said =
          range
              .map(
                  known ->
                      isRelative
                          ? "%s to %s"
                              .formatted(
                                  Amounts.percent(known.low()), Amounts.percent(known.high()))
                          : amounts.range(known.low(), known.high()))
              .orElse("not known yet");
      plot.line(name(row), range, said);
    }
    return plot;
  }

  private List<Double> tolerances(MetricScores scores) {
    return card.guardrails(scores.metric()).stream().map(Guardrail::tolerance).toList();
  }

  private static String name(ScorecardRow row) {
    return DisplayText.cut(row.variant(), ScorecardText.CHARACTERS);
  }
}
