package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.chart.ColumnChart.Column;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ColumnChartTest {
  private static final ChartSize SIZE = new ChartSize(400, 200);
  private static final double TOP = 14;
  private static final double BOTTOM = 200 - 54;

  private static Svg draw(Double... values) {
    List<Column> columns =
        Stream.of(values).map(value -> new Column("label", "", value, false)).toList();
    return Svg.parse(new ColumnChart("t", "a", columns).svg(SIZE));
  }

  @Test
  void theLargestReachesTheTop() {
    Element largest = draw(50.0, 100.0).all("rect").get(1);

    assertThat(Svg.number(largest, "y")).isEqualTo(TOP);
    assertThat(Svg.number(largest, "height")).isEqualTo(BOTTOM - TOP);
  }

  @Test
  void negativeValuesHangFromTheLineAtZero() {
    Svg svg = draw(-10.0, 10.0);
    double zero = Svg.number(svg.all("line", "zero").get(0), "y1");

    assertThat(Svg.number(svg.all("rect").get(0), "y")).isEqualTo(zero);
    assertThat(Svg.number(svg.all("rect").get(0), "height")).isEqualTo(BOTTOM - zero);
  }

  @Test
  void noValueLeavesAGap() {
    List<Element> columns = draw(1.0, null, 1.0).all("rect");

    assertThat(columns).hasSize(2);
    double gap = Svg.number(columns.get(1), "x") - Svg.number(columns.get(0), "x");
    assertThat(gap).isGreaterThan(2 * Svg.number(columns.get(0), "width"));
  }

  @Test
  void zerosAndNothingHaveNoHeight() {
    assertThat(draw(0.0, 0.0).all("rect")).allMatch(rect -> Svg.number(rect, "height") == 0);
    assertThat(draw().all("rect")).isEmpty();
  }

  @Test
  void labelsAreThinnedOut() {
    List<Column> columns =
        IntStream.range(0, 60).mapToObj(i -> new Column("12:00", "2 Mar", 1.0, false)).toList();
    List<String> texts = Svg.parse(new ColumnChart("t", "a", columns).svg(SIZE)).texts("text");

    assertThat(texts).filteredOn("12:00"::equals).hasSizeBetween(4, 10);
    assertThat(texts).filteredOn("2 Mar"::equals).hasSize(1);
  }
}
