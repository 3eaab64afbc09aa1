package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.LengthClass;
import dev.thalweg.cli.report.ViewsSnapshot.SessionSummary;
import dev.thalweg.cli.report.ViewsSnapshot.Spread;
import dev.thalweg.cli.report.chart.ColumnChart;
import dev.thalweg.cli.report.chart.ColumnChart.Column;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.Markup;
import java.util.List;

/** How many sessions there are, how long they are and how much happens in them. */
final class SessionFigure {
  private static final String TITLE = "How long sessions are";

  Markup markup(SessionSummary sessions) {
    return new Markup().add(summary(sessions)).add(histogram(sessions));
  }

  private static Markup summary(SessionSummary sessions) {
    Spread seconds = sessions.seconds();
    Spread events = sessions.events();
    Markup facts = new Markup().open("div", "class", "facts");
    fact(
        facts,
        DisplayNumber.of(sessions.count()),
        sessions.limited() ? "newest sessions" : "sessions");
    fact(facts, Times.span(seconds.median()), "median length");
    fact(facts, Times.span(seconds.high()), "95 % are at most this long");
    fact(facts, Times.span(seconds.largest()), "the longest");
    fact(facts, DisplayNumber.of(events.median()), "events, median");
    fact(facts, DisplayNumber.of(events.high()), "95 % have at most so many events");
    return new Figure("All together", "length is from the first event to the last")
        .half()
        .part(facts.close())
        .markup();
  }

  private static void fact(Markup facts, String value, String name) {
    facts.open("div").element("b", value).element("span", name).close();
  }

  private static Markup histogram(SessionSummary sessions) {
    List<LengthClass> lengths = sessions.lengths();
    List<Column> columns =
        lengths.stream()
            .map(each -> new Column(each.label(), "", (double) each.sessions(), false))
            .toList();
    ColumnChart chart = new ColumnChart(TITLE, "length, from this to the next", columns);
    HtmlTable table = new HtmlTable(1, List.of("length from", "sessions", "share"));
    for (LengthClass each : lengths) {
      String share = DisplayNumber.share(each.sessions(), sessions.count());
      table.row(List.of(each.label(), DisplayNumber.of(each.sessions()), share));
    }
    return new Figure(TITLE, "sessions by their length")
        .half()
        .chart(Figure.HALF, chart::svg)
        .numbers("Numbers", table)
        .markup();
  }
}
