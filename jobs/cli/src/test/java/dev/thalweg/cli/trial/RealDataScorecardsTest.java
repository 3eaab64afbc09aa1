package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RealData;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.produce.RecordOrder;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scorecards of real tests, equal to answers computed without this project. */
final class RealDataScorecardsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final Instant ARRIVAL = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration ANY = Duration.ofDays(36_500);
  private static final Offset<Double> NUMBER = Offset.offset(1e-9);
  private static final Offset<Double> PROBABILITY = Offset.offset(1e-6);

  @TempDir private Path work;

  /** Ingest may change the order of events that wait for profiles, so any lateness does. */
  private TrialScorecards scorecards(
      String data, String mapping, String experiment, RecordOrder order, long seed)
      throws Exception {
    return scorecards(data, mapping, experiment, order, seed, ANY);
  }

  private TrialScorecards scorecards(
      String data,
      String mapping,
      String experiment,
      RecordOrder order,
      long seed,
      Duration lateness)
      throws Exception {
    Path directory = Files.createTempDirectory(work, "trial");
    Path conf = RealData.root().resolve("flink-conf");
    IngestConfig ingest = IngestConfig.load("--base", conf.resolve("jobs/ingest.yaml").toString());
    var read = MappingFile.read(conf.resolve("mappings").resolve(mapping));
    var definition = ExperimentFile.read(conf.resolve("experiments").resolve(experiment), CATALOG);
    try (InputFile events = InputFile.open(RealData.file(data), Optional.of(read), CATALOG)) {
      TrialResult ingested =
          new Trial(ingest, directory, ARRIVAL)
              .run(order.arrange(events, CATALOG, seed), Collections.emptyIterator(), 0);
      return new ExperimentsTrial(
              ContractCatalog::fromClassPath, List.of(definition), MONTH, lateness, directory)
          .run(ingested);
    }
  }

  private static JsonNode expected(String file) throws IOException {
    return JSON.readTree(RealData.file(file).toFile());
  }

  private static ScorecardRow row(TrialScorecards scorecards, String metric, String variant) {
    return scorecards.scores().stream()
        .filter(score -> score.metric().equals(metric))
        .map(Score::row)
        .filter(row -> row.variant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static Health health(TrialScorecards scorecards) {
    assertThat(scorecards.health()).hasSize(1);
    return scorecards.health().get(0);
  }

  /** A conversion as two-proportion tests have it. */
  private static void assertConversion(
      TrialScorecards scorecards, String metric, String control, String other, JsonNode test) {
    ScorecardRow baseline = row(scorecards, metric, control);
    ScorecardRow variant = row(scorecards, metric, other);
    assertRate(baseline, test.get("control"));
    assertRate(variant, test.get("treatment"));
    assertThat(variant.effect()).isCloseTo(test.get("abs_diff").asDouble(), NUMBER);
    assertThat(variant.effectRelative()).isCloseTo(test.get("relative_lift").asDouble(), NUMBER);
    assertThat(variant.pValuePooled())
        .isCloseTo(test.get("p_two_sided_pooled").asDouble(), PROBABILITY);
  }

  private static void assertRate(ScorecardRow row, JsonNode arm) {
    double rate = arm.get("rate").asDouble();
    assertThat(row.units()).isEqualTo(arm.get("users").asLong());
    assertThat(row.total()).isEqualTo(arm.get("conversions").asDouble());
    assertThat(row.mean()).isCloseTo(rate, NUMBER);
    assertThat(row.variance()).isCloseTo(rate * (1 - rate), NUMBER);
  }

  /** A mean as Welch's test has it. */
  private static void assertMean(
      TrialScorecards scorecards, String metric, String control, String other, JsonNode test) {
    ScorecardRow variant = row(scorecards, metric, other);
    assertArm(row(scorecards, metric, control), test.get("control"));
    assertArm(variant, test.get("treatment"));
    assertThat(variant.effect()).isCloseTo(test.get("abs_diff").asDouble(), NUMBER);
    assertThat(variant.effectRelative()).isCloseTo(test.get("relative_lift").asDouble(), NUMBER);
    assertThat(variant.standardError()).isCloseTo(test.get("se").asDouble(), NUMBER);
    assertThat(variant.pValueFixed()).isCloseTo(test.get("p_two_sided").asDouble(), PROBABILITY);
  }

  private static void assertArm(ScorecardRow row, JsonNode arm) {
    double variance = arm.get("var").asDouble();
    assertThat(row.units()).isEqualTo(arm.get("n").asLong());
    assertThat(row.mean()).isCloseTo(arm.get("mean").asDouble(), NUMBER);
    assertThat(row.variance()).isCloseTo(variance, Offset.offset(1e-12 * variance));
  }

  @Test
  void landingPageInAnyOrder() throws Exception {
    TrialScorecards inOrder = landingPage("event-time");
    for (String order : List.of("file", "shuffle")) {
      TrialScorecards scorecards = landingPage(order);
      assertThat(scorecards.scores())
          .as(order)
          .containsExactlyInAnyOrderElementsOf(inOrder.scores());
      assertThat(scorecards.health()).as(order).isEqualTo(inOrder.health());
    }
  }

  private TrialScorecards landingPage(String order) throws Exception {
    JsonNode expected = expected("ab_data/expected-attribution.json");

    TrialScorecards scorecards =
        scorecards(
            "ab_data/ab_data.csv",
            "ab_data.yaml",
            "landing-page.yaml",
            RecordOrder.of(order),
            3,
            MONTH);

    for (String variant : List.of("control", "treatment")) {
      ScorecardRow row = row(scorecards, "converted", variant);
      double units = expected.get("units").get(variant).asDouble();
      double conversions = expected.get("conversions").get(variant).asDouble();
      assertThat(row.units()).isEqualTo((long) units);
      assertThat(row.total()).isEqualTo(conversions);
      assertThat(row.mean()).isCloseTo(conversions / units, NUMBER);
    }
    assertThat(row(scorecards, "converted", "treatment").pValuePooled())
        .isCloseTo(expected.get("p_pooled").asDouble(), PROBABILITY);
    Health health = health(scorecards);
    assertThat(health.sampleRatio()).isCloseTo(expected.get("srm_p").asDouble(), PROBABILITY);
    assertThat(health.invalidExposures()).isEqualTo(expected.get("invalid_exposures").asLong());
    assertThat(health.unitsInSeveralVariants())
        .isEqualTo(expected.get("units_in_several_variants_after_valid_if").asLong());
    assertThat(health.outcomesBefore()).isEqualTo(expected.get("goals_not_attributed").asLong());
    assertThat(health.unitsNeverExposed()).isZero();
    return scorecards;
  }

  @Test
  void homepage() throws Exception {
    JsonNode expected = expected("audacity/expected.json").get("homepage_view_click");
    TrialScorecards scorecards =
        scorecards(
            "audacity/homepage_actions.csv",
            "audacity-homepage.yaml",
            "audacity-homepage.yaml",
            RecordOrder.of("file"),
            1);
    assertConversion(
        scorecards, "clicked", "control", "experiment", expected.get("attributed").get("any_time"));
    Health health = health(scorecards);
    assertThat(health.sampleRatio())
        .isCloseTo(expected.get("srm_exposed").get("p_value").asDouble(), PROBABILITY);
    assertThat(health.unitsNeverExposed())
        .isEqualTo(expected.get("converters_without_exposure").asLong());
    assertThat(health.outcomesBefore())
        .isEqualTo(expected.get("conversion_before_exposure").asLong());
  }

  @Test
  void coursePage() throws Exception {
    JsonNode all = expected("audacity/expected.json");
    JsonNode expected = all.get("course_page_view_enroll");
    TrialScorecards scorecards =
        scorecards(
            "audacity/course_page_actions.csv",
            "audacity-course-page.yaml",
            "audacity-course-page.yaml",
            RecordOrder.of("file"),
            1);
    assertConversion(
        scorecards,
        "enrolled",
        "control",
        "experiment",
        expected.get("attributed").get("any_time"));
    assertMean(
        scorecards,
        "view_duration",
        "control",
        "experiment",
        all.get("course_page_mean_view_duration_per_user"));
    Health health = health(scorecards);
    assertThat(health.sampleRatio())
        .isCloseTo(expected.get("srm_exposed").get("p_value").asDouble(), PROBABILITY);
    assertThat(health.unitsNeverExposed())
        .isEqualTo(expected.get("converters_without_exposure").asLong());
    assertThat(health.outcomesBefore())
        .isEqualTo(expected.get("conversion_before_exposure").asLong());
  }

  @Test
  void classroom() throws Exception {
    JsonNode expected = expected("audacity/expected.json").get("classroom");
    TrialScorecards scorecards =
        scorecards(
            "audacity/classroom_actions.csv",
            "audacity-classroom.yaml",
            "audacity-classroom.yaml",
            RecordOrder.of("file"),
            1);
    assertConversion(scorecards, "completed", "control", "experiment", expected.get("completed"));
    assertMean(scorecards, "total_days", "control", "experiment", expected.get("total_days"));
    assertThat(health(scorecards).sampleRatio())
        .isCloseTo(expected.get("srm").get("p_value").asDouble(), Offset.offset(1e-14));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "shuffle"})
  void firstGate(String order) throws Exception {
    JsonNode expected = expected("cookie_cats/expected.json");
    TrialScorecards scorecards =
        scorecards(
            "cookie_cats/cookie_cats.csv",
            "cookie_cats.yaml",
            "cookie-cats.yaml",
            RecordOrder.of(order),
            5);
    assertConversion(
        scorecards, "back_after_1_day", "gate_30", "gate_40", expected.get("retention_1"));
    assertConversion(
        scorecards, "back_after_7_days", "gate_30", "gate_40", expected.get("retention_7"));
    assertMean(scorecards, "rounds", "gate_30", "gate_40", expected.get("rounds_welch_all"));
    assertMean(
        scorecards,
        "rounds_capped",
        "gate_30",
        "gate_40",
        expected.get("rounds_welch_winsorised_at_1000"));
    assertThat(health(scorecards).sampleRatio())
        .isCloseTo(expected.get("srm").get("p_value").asDouble(), PROBABILITY);
  }
}
