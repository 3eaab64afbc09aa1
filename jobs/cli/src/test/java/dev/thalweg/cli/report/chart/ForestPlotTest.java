package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.chart.ForestPlot.Group;
import dev.thalweg.cli.report.chart.ForestPlot.Range;
import dev.thalweg.cli.report.chart.ForestPlot.Row;
import dev.thalweg.cli.report.chart.ForestPlot.Style;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ForestPlotTest {

  private static Svg draw(int width, List<Double> marks, Range... ranges) {
    List<Row> rows =
        Stream.of(ranges).map(range -> new Row("b", range, "said", Style.SURE, 1)).toList();
    List<Group> groups = List.of(new Group("g", marks, rows));
    return Svg.parse(new ForestPlot("t", "in words", " %", groups).svg(width));
  }

  private static double x(Element element) {
    return Svg.number(element, "x1");
  }

  /** At 340 pixels the axis lies from 26 to 314, here for -10 to +10: 14.4 pixels for 1. */
  @Test
  void intervalsLieOnOneAxis() {
    Svg svg = draw(340, List.of(-5.0), new Range(-10, 0, 10), new Range(0, 5, 10));

    List<Element> lines =
        svg.all("g", "interval").stream()
            .map(group -> (Element) group.getElementsByTagName("line").item(0))
            .toList();
    assertThat(lines).extracting(ForestPlotTest::x).containsExactly(26.0, 170.0);
    assertThat(lines).extracting(line -> Svg.number(line, "x2")).containsOnly(314.0);
    assertThat(svg.all("circle"))
        .extracting(dot -> Svg.number(dot, "cx"))
        .containsExactly(170.0, 242.0);
    assertThat(svg.all("line", "tolerance")).extracting(ForestPlotTest::x).containsExactly(98.0);
    assertThat(svg.all("line", "zero")).extracting(ForestPlotTest::x).containsExactly(170.0);
    assertThat(svg.all("path")).isEmpty();
    assertThat(svg.texts("desc")).containsExactly("in words");
  }

  @Test
  void whatIsMuchLongerEndsInAnArrow() {
    Svg svg =
        draw(1040, List.of(), new Range(-1, 0, 1), new Range(-1, 0, 1), new Range(-100, -60, 2));

    assertThat(svg.all("path")).hasSize(1);
    assertThat(svg.all("circle")).hasSize(2);
    assertThat(svg.texts("text")).contains("-4 %").doesNotContain("-100 %");
  }

  @Test
  void whatIsNotKnownIsOnlySaid() {
    Svg svg = draw(1040, List.of(), (Range) null);

    assertThat(svg.all("g")).isEmpty();
    assertThat(svg.texts("text")).contains("g", "b", "said");
    assertThat(draw(340, List.of()).texts("text")).contains("g");
  }

  @Test
  void longNamesAreCut() {
    Row row = new Row("x".repeat(5000), new Range(-1, 0, 1), "s".repeat(500), Style.UNSURE, 0);
    ForestPlot plot =
        new ForestPlot("t", "", "", List.of(new Group("y".repeat(5000), List.of(), List.of(row))));

    assertThat(Svg.parse(plot.svg(340)).texts("text")).allMatch(text -> text.length() <= 40);
  }
}
