package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.chart.BarChart.Bar;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {

  private static List<Element> draw(double... values) {
    List<Bar> bars = DoubleStream.of(values).mapToObj(value -> new Bar("b", value, "", 0)).toList();
    return Svg.parse(new BarChart("t", bars).svg(300)).all("rect", "bar");
  }

  @Test
  void theLargestIsAsLongAsThereIsRoom() {
    assertThat(draw(100, 25))
        .extracting(bar -> Svg.number(bar, "width"))
        .containsExactly(300.0, 75.0);
  }

  @Test
  void negativeValuesEndAtZero() {
    List<Element> bars = draw(-10, 10);

    assertThat(bars).extracting(bar -> Svg.number(bar, "x")).containsExactly(0.0, 150.0);
    assertThat(bars).extracting(bar -> Svg.number(bar, "width")).containsOnly(150.0);
  }

  @Test
  void zerosHaveNoLength() {
    assertThat(draw(0, 0)).extracting(bar -> Svg.number(bar, "width")).containsOnly(0.0);
    assertThat(draw()).isEmpty();
  }

  @Test
  void longLabelsLeaveRoomForTheNumber() {
    BarChart chart = new BarChart("t", List.of(new Bar("x".repeat(5000), 1234, "5.0 %", 0)));

    List<String> texts = Svg.parse(chart.svg(300)).texts("text");
    assertThat(texts.get(0)).endsWith("…").hasSizeLessThan(40);
    assertThat(texts.get(1)).isEqualTo("1,234  ·  5.0 %");
  }
}
