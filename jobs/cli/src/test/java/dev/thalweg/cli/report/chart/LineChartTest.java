package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.cli.report.chart.LineChart.Line;
import dev.thalweg.cli.report.chart.LineChart.Point;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineChartTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final ChartSize SIZE = new ChartSize(400, 200);
  private static final double TOP = 14;
  private static final double BOTTOM = 200 - 54;

  private static List<Point> points(double... values) {
    List<Point> points = new ArrayList<>();
    for (double value : values) {
      points.add(new Point(NOON.plusSeconds(600L * points.size()), value, false));
    }
    return points;
  }

  @SafeVarargs
  private static Svg draw(List<Point>... segments) {
    LineChart chart =
        new LineChart(
            "t", "start", ZoneId.of("UTC"), List.of(new Line("a", 0, Arrays.asList(segments))));
    return Svg.parse(chart.svg(SIZE));
  }

  private static List<Double> heights(Svg svg) {
    return svg.all("circle").stream().map(dot -> Svg.number(dot, "cy")).toList();
  }

  @Test
  void theLargestIsAtTheTopAndZeroAtTheBottom() {
    assertThat(heights(draw(points(0, 50, 100)))).containsExactly(BOTTOM, (TOP + BOTTOM) / 2, TOP);
  }

  @Test
  void negativeValuesLieBelowTheLineAtZero() {
    Svg svg = draw(points(-10, 0, 10));
    double zero = Svg.number(svg.all("line", "zero").get(0), "y1");

    assertThat(heights(svg)).containsExactly(BOTTOM, zero, TOP);
  }

  @Test
  void zerosLieOnTheLineAtZero() {
    assertThat(heights(draw(points(0, 0, 0)))).containsOnly(BOTTOM);
  }

  @Test
  void onePointIsADotInTheMiddle() {
    Svg svg = draw(points(5));

    assertThat(svg.all("path")).isEmpty();
    Element dot = svg.all("circle").get(0);
    Element axis = svg.all("line", "zero").get(0);
    assertThat(Svg.number(dot, "cx"))
        .isCloseTo((Svg.number(axis, "x1") + Svg.number(axis, "x2")) / 2, within(0.2));
  }

  @Test
  void gapsStayGaps() {
    List<Point> all = points(1, 2, 3, 4, 5);

    assertThat(draw(all).all("path")).hasSize(1);
    assertThat(draw(all.subList(0, 2), all.subList(3, 5)).all("path")).hasSize(2);
  }

  @Test
  void aPointBetweenGapsIsSeenAmongMany() {
    double[] many = new double[100];

    assertThat(draw(points(many)).all("circle")).isEmpty();
    assertThat(draw(points(many), points(1)).all("circle")).hasSize(1);
  }

  @Test
  void whatMayChangeIsDashedFromTheLastThatMayNot() {
    List<Point> points = points(1, 2, 3);
    Point last = points.get(2);
    points.set(2, new Point(last.time(), last.value(), true));

    List<Element> paths = draw(points).all("path");
    assertThat(paths).extracting(path -> path.getAttribute("class")).containsExactly("", "open");
    String end = paths.get(0).getAttribute("d").split("L")[1];
    assertThat(paths.get(1).getAttribute("d")).startsWith("M" + end);
  }

  @Test
  void withoutPointsThereAreAxes() {
    Svg svg = draw();

    assertThat(svg.all("line", "zero")).hasSize(1);
    assertThat(svg.texts("text")).containsExactly("0", "1", "start");
  }

  @Test
  void saysWhatItIs() {
    LineChart chart = new LineChart("<b>\"x\"", "a", ZoneId.of("UTC"), List.of());
    Svg svg = Svg.parse(chart.svg(SIZE));

    assertThat(svg.document().getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("<b>\"x\"");
    assertThat(svg.texts("title")).containsExactly("<b>\"x\"");
  }
}
