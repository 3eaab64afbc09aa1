package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import dev.thalweg.cli.report.ViewsSnapshot.RetentionView;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Retention as a table whose cells are the darker the more users came back. */
final class RetentionFigure {
  private static final int SHADES = 9;

  private final Optional<Instant> newestEvent;
  private final Times times;

  RetentionFigure(Optional<Instant> newestEvent, Times times) {
    this.newestEvent = newestEvent;
    this.times = times;
  }

  Markup markup(RetentionView view) {
    String about = "share of a cohort that came back · – not yet · with a dot: still counting";
    return new Figure(DisplayText.cut(view.name(), HtmlTable.MOST_CHARACTERS), about)
        .part(table(view))
        .numbers("Numbers", numbers(view))
        .markup();
  }

  private Markup table(RetentionView view) {
    Markup table =
        new Markup()
            .open("div", "class", "scroll")
            .open(
                "table",
                "class",
                "heat",
                "aria-label",
                "Retention, " + DisplayText.cut(view.name(), HtmlTable.MOST_CHARACTERS))
            .open("thead")
            .open("tr")
            .element("th", "cohort")
            .element("th", "users", "class", "number");
    view.periods()
        .forEach(
            period -> table.element("th", DisplayText.cut(period.label(), 8), "class", "number"));
    table.close().close().open("tbody");
    view.cohorts().forEach(cohort -> row(table, view, cohort));
    return table.close().close().close();
  }

  private void row(Markup table, RetentionView view, Cohort cohort) {
    table
        .open("tr")
        .element("td", times.date(cohort.start()))
        .element("td", DisplayNumber.of(cohort.users()), "class", "number");
    for (RetentionPeriod period : view.periods()) {
      RetentionCell cell = cell(cohort, period);
      table.element("td", cell.text(), "class", style(cell));
    }
    table.close();
  }

  private static String style(RetentionCell cell) {
    if (!cell.isKnown()) {
      return "number unknown";
    }
    long shade = Math.round(Math.min(1, cell.share()) * SHADES);
    return "number h" + shade + (cell.open() ? " counting" : "");
  }

  private RetentionCell cell(Cohort cohort, RetentionPeriod period) {
    return RetentionCell.of(cohort, period, newestEvent.map(times::day));
  }

  private HtmlTable numbers(RetentionView view) {
    List<String> headings = new ArrayList<>(List.of("cohort", "users"));
    view.periods().forEach(period -> headings.add(period.label()));
    HtmlTable table = new HtmlTable(1, headings);
    for (Cohort cohort : view.cohorts()) {
      List<String> cells = new ArrayList<>();
      cells.add(times.date(cohort.start()));
      cells.add(DisplayNumber.of(cohort.users()));
      view.periods().forEach(period -> cells.add(cell(cohort, period).count()));
      table.row(cells);
    }
    return table;
  }
}
