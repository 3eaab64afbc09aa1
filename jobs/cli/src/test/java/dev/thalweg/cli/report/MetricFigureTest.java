package dev.thalweg.cli.report;

import static dev.thalweg.cli.report.TestViews.metric;
import static dev.thalweg.cli.report.TestViews.tumbling;
import static dev.thalweg.cli.report.TestViews.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.chart.Svg;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricFigureTest {

  private static Svg draw(MetricView metric, Instant newest) {
    return Svg.parse(
        new MetricFigure(metric, Optional.ofNullable(newest), new Times(TestViews.UTC))
            .markup()
            .toString());
  }

  @Test
  void fewWindowsOfOneSeriesAreColumns() {
    Svg svg = draw(metric("m", List.of(), tumbling("all", 1.0, null, 3.0)), null);

    // Two pictures: one for a wide screen and one for a phone.
    assertThat(svg.all("rect", "column")).hasSize(2 * 2);
    assertThat(svg.texts("p")).containsExactly("windows of 10 min · 3 of them");
  }

  @Test
  void severalSeriesAreLinesWithALegend() {
    MetricView metric =
        metric("m", List.of("kind"), tumbling("a", 1.0, 2.0), tumbling("b", 3.0, 4.0));
    Svg svg = draw(metric, null);

    assertThat(svg.all("g", "line")).hasSize(2 * 2);
    assertThat(svg.texts("li")).containsExactly("a", "b");
    assertThat(svg.texts("p")).containsExactly("by kind · windows of 10 min · 2 of them");
  }

  @Test
  void seriesThatAreLeftOutAreCounted() {
    Series a = tumbling("a", 1.0, 2.0);
    Series b = tumbling("b", 1.0, 2.0);

    assertThat(
            draw(new MetricView("m", List.of("k"), List.of(a, b), 1993, false), null).texts("li"))
        .containsExactly("a", "b", "1,991 more");
  }

  @Test
  void oneWindowIsABarForEachSeries() {
    Svg svg = draw(metric("m", List.of("kind"), tumbling("a", 4.0), tumbling("b", 2.0)), null);

    assertThat(svg.all("rect", "bar")).hasSize(2 * 2);
  }

  @Test
  void openWindowsArePale() {
    Instant newest = TestViews.NOON.plusSeconds(15 * 60);
    Svg svg = draw(metric("m", List.of(), tumbling("all", 1.0, 2.0)), newest);

    assertThat(svg.all("rect", "column open")).hasSize(2);
    assertThat(svg.texts("p").get(0)).endsWith("dashed or pale: still open");
  }

  @Test
  void slidingWindowsAreTold() {
    Series series = new Series("a", 3, List.of(value(0, 60, 1), value(5, 65, 2), value(10, 70, 3)));

    assertThat(draw(metric("m", List.of(), series), null).texts("p"))
        .containsExactly("windows of 1 h, every 5 min · 3 of them");
  }

  @Test
  void cumulatingWindowsEndWithTheNewestEvent() {
    Series series = new Series("a", 3, List.of(value(0, 5, 1), value(0, 10, 2), value(0, 15, 2)));
    Svg svg = draw(metric("m", List.of(), series), TestViews.NOON.plusSeconds(400));

    assertThat(svg.texts("p").get(0)).startsWith("so far in each period, every 5 min · 2 of them");
    assertThat(svg.texts("text")).contains("end of the window, UTC");
  }
}
