package dev.thalweg.cli.report;

import static dev.thalweg.cli.report.TestViews.metric;
import static dev.thalweg.cli.report.TestViews.tumbling;
import static dev.thalweg.cli.report.TestViews.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.chart.LineChart.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricLinesTest {

  private static List<List<Double>> segments(Series series) {
    return new MetricLines(metric("m", List.of(), series), Optional.empty())
        .lines().get(0).segments().stream()
            .map(segment -> segment.stream().map(Point::value).toList())
            .toList();
  }

  private static Series series(Value... values) {
    return new Series("a", values.length, List.of(values));
  }

  @Test
  void noValueIsAGap() {
    assertThat(segments(tumbling("a", 1.0, 2.0, null, 4.0)))
        .containsExactly(List.of(1.0, 2.0), List.of(4.0));
  }

  @Test
  void aMissingWindowIsAGap() {
    assertThat(segments(series(value(0, 10, 1), value(10, 20, 2), value(40, 50, 3))))
        .containsExactly(List.of(1.0, 2.0), List.of(3.0));
  }

  @Test
  void cumulatingPeriodsBeginAgain() {
    assertThat(
            segments(series(value(0, 5, 1), value(0, 10, 2), value(10, 15, 1), value(10, 20, 3))))
        .containsExactly(List.of(1.0, 2.0), List.of(1.0, 3.0));
  }

  @Test
  void aDayOfTwentyFiveHoursIsNoGap() {
    assertThat(segments(series(value(0, 1440, 1), value(1440, 2940, 2), value(2940, 4380, 3))))
        .hasSize(1);
  }
}
