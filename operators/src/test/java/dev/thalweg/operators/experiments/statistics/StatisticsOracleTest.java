package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.operators.testkit.Oracles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The statistics are those of an established experiment platform. */
final class StatisticsOracleTest {
  private static final double CLOSE = 1e-9;

  private static JsonNode oracle() throws IOException {
    return new ObjectMapper().readTree(Oracles.file("statistics.json").toFile());
  }

  private static Stream<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Test
  void thereAre23ComparisonsAnd10SampleRatios() throws IOException {
    assertThat(oracle().path("cases")).hasSize(23);
    assertThat(oracle().path("srm")).hasSize(10);
  }

  @TestFactory
  Stream<DynamicTest> comparisonsAgree() throws IOException {
    return all(oracle().path("cases"))
        .flatMap(
            comparison ->
                Stream.of("absolute", "relative")
                    .map(
                        scale ->
                            DynamicTest.dynamicTest(
                                comparison.path("name").asText() + " " + scale,
                                () -> assertAgrees(comparison, scale))));
  }

  @TestFactory
  Stream<DynamicTest> sampleRatiosAgree() throws IOException {
    return all(oracle().path("srm"))
        .map(
            ratio ->
                DynamicTest.dynamicTest(
                    ratio.path("name").asText(),
                    () -> {
                      double[] weights =
                          all(ratio.path("weights")).mapToDouble(JsonNode::asDouble).toArray();
                      long[] units = all(ratio.path("users")).mapToLong(JsonNode::asLong).toArray();
                      double p = SampleRatio.pValue(units, weights);
                      assertClose(p, ratio.path("gbstats_p"));
                      assertClose(p, ratio.path("independent_p"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> scorecardsOfUnitsAgree() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "unadjusted",
            () -> {
              ScorecardRow row = row("cuped_20240601.csv", Estimator.MEAN, "pre", "post");
              JsonNode expected = results("synthetic/20240601/unadjusted", "absolute");
              assertRow(row, expected);
              assertClose(
                  row.effectRelative(),
                  results("synthetic/20240601/unadjusted", "relative")
                      .at("/gbstats/two_sided_t/expected"));
              assertThat(row.note()).isNull();
            }),
        DynamicTest.dynamicTest(
            "adjusted by the outcome before",
            () -> {
              ScorecardRow row = row("cuped_20240601.csv", Estimator.MEAN, "pre", "post");
              JsonNode expected = results("synthetic/20240601/cuped", "absolute");
              assertClose(row.cupedEffect(), expected.at("/independent/two_sided/expected"));
              assertClose(row.cupedStandardError(), expected.at("/independent/two_sided/se"));
            }),
        DynamicTest.dynamicTest(
            "theta is that of both arms together",
            () -> {
              Map<String, ArmSums> arms = arms("cuped_20240601.csv", "pre", "post");
              assertClose(
                  Cuped.of(arms.get("control"), arms.get("treatment")).theta(),
                  comparison("synthetic/20240601/cuped").at("/control/theta"));
            }),
        DynamicTest.dynamicTest(
            "ratio",
            () -> {
              ScorecardRow row = row("ratio_20240601.csv", Estimator.RATIO, "sessions", "clicks");
              String name = "synthetic/20240601/ratio_clicks_per_session";
              assertRow(row, results(name, "absolute"));
              assertClose(
                  row.effectRelative(),
                  results(name, "relative").at("/gbstats/two_sided_t/expected"));
              assertThat(row.cupedEffect()).isNull();
              assertThat(row.note()).isNull();
            }));
  }

  private static void assertAgrees(JsonNode comparison, String scale) {
    JsonNode expected = comparison.path("results").path(scale);
    String type = comparison.path("control").path("type").asText();
    ArmSums control = sums(comparison.path("control"));
    ArmSums treatment = sums(comparison.path("treatment"));
    Estimator estimator =
        switch (type) {
          case "proportion" -> Estimator.PROPORTION;
          case "ratio" -> Estimator.RATIO;
          default -> Estimator.MEAN;
        };
    if (!expected.at("/gbstats/two_sided_t/errorMessage").isNull()) {
      assertThat(comparison.path("name").asText()).startsWith("edge/");
      assertInsufficient(estimator, control, treatment);
      return;
    }
    AnytimeValid test =
        new AnytimeValid(
            comparison.path("alpha").asDouble(),
            comparison.path("sequential_tuning_parameter").asDouble());
    assertEffect(effect(type, estimator, scale, control, treatment), test, expected);
  }

  private static Effect effect(
      String type, Estimator estimator, String scale, ArmSums control, ArmSums treatment) {
    if (type.equals("cuped")) {
      Cuped cuped = Cuped.of(control, treatment);
      return scale.equals("absolute") ? cuped.absolute() : cuped.relative();
    }
    ArmEstimate from = estimator.estimate(control);
    ArmEstimate to = estimator.estimate(treatment);
    return scale.equals("absolute") ? Effect.absolute(from, to) : Effect.relative(from, to);
  }

  private static void assertEffect(Effect effect, AnytimeValid test, JsonNode expected) {
    Interval fixed = WelchTest.interval(effect, test.alpha());
    Interval always = test.interval(effect);
    JsonNode looked = expected.at("/gbstats/two_sided_t");
    assertTest(effect, fixed, WelchTest.pValue(effect), looked);
    JsonNode sequential = expected.at("/gbstats/sequential_two_sided");
    assertTest(effect, always, test.pValue(effect), sequential);
    JsonNode independent = expected.path("independent");
    if (independent.has("two_sided")) {
      JsonNode once = independent.path("two_sided");
      assertClose(effect.estimate(), once.path("expected"));
      assertClose(effect.standardError(), once.path("se"));
      assertClose(effect.degreesOfFreedom(), once.path("df"));
      assertInterval(fixed, once);
      assertProportional(WelchTest.pValue(effect), once.path("pValue"));
      JsonNode often = independent.path("sequential");
      assertClose(test.rho(), often.path("rho"));
      assertThat(effect.units()).isEqualTo(often.path("n").asLong());
      assertClose((always.high() - always.low()) / 2, often.path("halfwidth"));
      assertInterval(always, often);
      assertProportional(test.pValue(effect), often.path("pValue"));
    }
  }

  private static void assertTest(Effect effect, Interval interval, double p, JsonNode expected) {
    assertThat(expected.path("errorMessage").isNull()).isTrue();
    assertClose(effect.estimate(), expected.path("expected"));
    assertInterval(interval, expected);
    assertClose(p, expected.path("pValue"));
  }

  private static void assertInterval(Interval interval, JsonNode expected) {
    assertClose(interval.low(), expected.at("/ci/0"));
    assertClose(interval.high(), expected.at("/ci/1"));
  }

  private static void assertInsufficient(Estimator estimator, ArmSums control, ArmSums treatment) {
    ScorecardRow row = row(estimator, control, treatment);
    assertThat(row.note()).isEqualTo(ScorecardRow.INSUFFICIENT_DATA);
    assertThat(
            new Double[] {
              row.standardError(),
              row.ciLow(),
              row.ciHigh(),
              row.pValue(),
              row.pValueFixed(),
              row.pValuePooled(),
              row.pValueHolm(),
              row.pValueBh()
            })
        .containsOnlyNulls();
    Effect relative = Effect.relative(estimator.estimate(control), estimator.estimate(treatment));
    assertThat(relative.isTestable()).isFalse();
    assertThat(WelchTest.interval(relative, 0.05)).isEqualTo(Interval.UNKNOWN);
  }

  private static void assertRow(ScorecardRow row, JsonNode expected) {
    JsonNode once = expected.at("/independent/two_sided");
    assertClose(row.effect(), once.path("expected"));
    assertClose(row.standardError(), once.path("se"));
    assertProportional(row.pValueFixed(), once.path("pValue"));
    JsonNode often = expected.at("/gbstats/sequential_two_sided");
    assertInterval(new Interval(row.ciLow(), row.ciHigh()), often);
    assertClose(row.pValue(), often.path("pValue"));
  }

  private static ScorecardRow row(Estimator estimator, ArmSums control, ArmSums treatment) {
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    arms.put("control", control);
    arms.put("treatment", treatment);
    return new Scorecard(estimator, new AnytimeValid(0.05, 5000)).rows("control", arms).get(1);
  }

  private static ScorecardRow row(String file, Estimator estimator, String second, String first)
      throws IOException {
    Map<String, ArmSums> arms = arms(file, second, first);
    return row(estimator, arms.get("control"), arms.get("treatment"));
  }

  /** Sums of the rows of a file, whose third column is the second value. */
  private static Map<String, ArmSums> arms(String file, String second, String first)
      throws IOException {
    List<String> lines = Files.readAllLines(Oracles.file(file));
    assertThat(lines.get(0)).isEqualTo("user_id,variant," + second + "," + first);
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      arms.computeIfAbsent(fields[1], variant -> ArmSums.paired())
          .add(Double.parseDouble(fields[3]), Double.parseDouble(fields[2]));
    }
    return arms;
  }

  private static ArmSums sums(JsonNode arm) {
    long units = arm.path("n").asLong();
    double sum = arm.path("sum").asDouble();
    return switch (arm.path("type").asText()) {
      case "proportion" -> Sums.ofTotals(units, sum, sum);
      case "mean" -> Sums.ofTotals(units, sum, arm.path("sum_squares").asDouble());
      case "cuped" -> paired(units, arm, "post", "pre", "post_pre_sum_of_products");
      case "ratio" -> paired(units, arm, "m", "d", "m_d_sum_of_products");
      default -> throw new AssertionError("unknown type " + arm.path("type"));
    };
  }

  private static ArmSums paired(
      long units, JsonNode arm, String first, String second, String product) {
    return Sums.ofTotals(
        units,
        arm.path(first).path("sum").asDouble(),
        arm.path(first).path("sum_squares").asDouble(),
        arm.path(second).path("sum").asDouble(),
        arm.path(second).path("sum_squares").asDouble(),
        arm.path(product).asDouble());
  }

  private static JsonNode comparison(String name) throws IOException {
    return all(oracle().path("cases"))
        .filter(comparison -> comparison.path("name").asText().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static JsonNode results(String name, String scale) throws IOException {
    return comparison(name).path("results").path(scale);
  }

  private static void assertClose(double actual, JsonNode expected) {
    assertThat(expected.isNumber()).isTrue();
    double wanted = expected.asDouble();
    assertThat(actual).isCloseTo(wanted, within(CLOSE * Math.max(1, Math.abs(wanted))));
  }

  /** Also of p-values that are next to nothing. */
  private static void assertProportional(double actual, JsonNode expected) {
    assertThat(expected.isNumber()).isTrue();
    assertThat(actual / expected.asDouble()).isCloseTo(1, within(CLOSE));
  }
}
