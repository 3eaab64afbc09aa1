package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.DeadLetters;
import dev.thalweg.cli.report.chart.BarChart;
import dev.thalweg.cli.report.chart.BarChart.Bar;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.Markup;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dead letters by reason. */
final class DeadLetterFigure {
  private static final String TITLE = "Dead letters by reason";
  private static final int DEAD = 7;

  Markup markup(List<DeadLetters> letters) {
    BarChart chart = new BarChart(TITLE, bars(letters));
    HtmlTable table = new HtmlTable(3, List.of("failure", "stage", "event type", "events"));
    letters.forEach(
        each ->
            table.row(
                List.of(
                    each.failure(),
                    each.stage(),
                    each.eventType(),
                    DisplayNumber.of(each.events()))));
    return new Figure(TITLE, "records that no contract accepts; each is kept with its reason")
        .chart(Figure.WIDE, size -> chart.svg(size.width()))
        .numbers("Numbers by event type", table)
        .markup();
  }

  private static List<Bar> bars(List<DeadLetters> letters) {
    long all = letters.stream().mapToLong(DeadLetters::events).sum();
    Map<String, Long> byFailure = new LinkedHashMap<>();
    letters.forEach(each -> byFailure.merge(each.failure(), each.events(), Long::sum));
    return byFailure.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(each -> new Bar(each.getKey(), each.getValue(), share(each.getValue(), all), DEAD))
        .toList();
  }

  private static String share(long part, long all) {
    return DisplayNumber.share(part, all);
  }
}
