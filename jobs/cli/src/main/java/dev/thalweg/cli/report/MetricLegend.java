package dev.thalweg.cli.report;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.util.List;

/** Which colour is which series, and how many series have none. */
final class MetricLegend {
  private final MetricView metric;

  MetricLegend(MetricView metric) {
    this.metric = metric;
  }

  Markup markup() {
    Markup legend = new Markup().open("ul", "class", "legend");
    List<Series> series = metric.series();
    for (int i = 0; i < series.size(); i++) {
      String name = metric.by().isEmpty() ? metric.name() : series.get(i).name();
      legend
          .open("li")
          .element("i", "", "class", "c" + i)
          .element("bdi", DisplayText.cut(name, HtmlTable.MOST_CHARACTERS))
          .close();
    }
    if (metric.more() > 0) {
      legend.element("li", DisplayNumber.of(metric.more()) + " more", "class", "more");
    }
    return legend.close();
  }
}
