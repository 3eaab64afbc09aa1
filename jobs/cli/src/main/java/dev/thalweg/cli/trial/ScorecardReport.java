package dev.thalweg.cli.trial;

import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.scorecard.ExperimentView;
import dev.thalweg.cli.scorecard.Glyphs;
import dev.thalweg.cli.scorecard.PhaseNumbers;
import dev.thalweg.cli.scorecard.ScorecardText;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.io.PrintStream;

/** Prints a scorecard as the terminal shows it, or its rows as CSV. */
public final class ScorecardReport {
  private final ExperimentView view;

  /** Of that experiment. */
  public ScorecardReport(ExperimentView view) {
    this.view = view;
  }

  /** Prints it, an empty line first. */
  public void print(PrintStream out, boolean csv) {
    out.println();
    if (csv) {
      out.println(table().csv());
    } else {
      ScorecardText.lines(view.newest(), Glyphs.of(Glyphs.terminal())).forEach(out::println);
    }
  }

  private TextTable table() {
    TextTable table =
        TextTable.of(
            "experiment",
            "metric",
            "variant",
            "units",
            "total",
            "mean",
            "effect",
            "ci_low",
            "ci_high",
            "p_value",
            "p_value_fixed",
            "p_value_pooled",
            "note");
    for (PhaseNumbers phase : view.numbers()) {
      for (PhaseNumbers.MetricScores metric : phase.metrics()) {
        metric.rows().forEach(row -> add(table, metric.metric(), row));
      }
    }
    return table;
  }

  private void add(TextTable table, String metric, ScorecardRow row) {
    table.row(
        view.experiment(),
        metric,
        row.variant(),
        Long.toString(row.units()),
        number(row.total()),
        number(row.mean()),
        number(row.effect()),
        number(row.ciLow()),
        number(row.ciHigh()),
        number(row.pValue()),
        number(row.pValueFixed()),
        number(row.pValuePooled()),
        row.note() == null ? "" : row.note());
  }

  private static String number(Double number) {
    return number == null ? "" : number.toString();
  }
}
