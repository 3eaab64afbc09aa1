package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RealData;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.jobs.experiments.ExperimentsKafkaTrial;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real tests at once, from canonical events in Kafka to tables, with the settings that come
 * with the product; equal to answers computed without this project.
 */
final class RealDataOnKafkaTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final Instant ARRIVAL = Instant.parse("2026-11-01T00:00:00Z");
  private static final Offset<Double> NUMBER = Offset.offset(1e-9);
  private static final Offset<Double> PROBABILITY = Offset.offset(1e-6);

  @TempDir private Path work;

  private ExperimentsKafkaTrial trial;

  @Test
  void scorecardsOfTheTablesAreThoseComputedElsewhere() throws Exception {
    JsonNode expected =
        new ObjectMapper().readTree(RealData.file("audacity/expected.json").toFile());
    List<RawRecord> events = new ArrayList<>(accepted("homepage"));
    events.addAll(accepted("classroom"));
    trial = new ExperimentsKafkaTrial(FLINK, KAFKA, POSTGRES, "real", work);
    for (String name : List.of("homepage", "classroom")) {
      Path file = conf("experiments/audacity-" + name + ".yaml");
      trial.publish(ExperimentFile.read(file, CATALOG));
    }
    send(events);
    trial.start(2);
    trial.awaitConsumed(events.size());

    assertThat(trial.total("accepted")).isEqualTo(events.size());
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertAll(expected));
  }

  private static Path conf(String file) {
    return RealData.root().resolve("flink-conf").resolve(file);
  }

  /** What the ingest topology makes of a file. */
  private List<RawRecord> accepted(String name) throws Exception {
    IngestConfig ingest = IngestConfig.load("--base", conf("jobs/ingest.yaml").toString());
    var mapping = MappingFile.read(conf("mappings/audacity-" + name + ".yaml"));
    Path file = RealData.file("audacity/" + name + "_actions.csv");
    try (InputFile input = InputFile.open(file, Optional.of(mapping), CATALOG)) {
      return new Trial(ingest, Files.createTempDirectory(work, name), ARRIVAL)
          .run(input, Collections.emptyIterator(), 0)
          .accepted()
          .read();
    }
  }

  /** In order of time, all events of a user to one partition. */
  private void send(List<RawRecord> events) {
    CanonicalReader reader = new CanonicalReader(CATALOG);
    Map<Integer, List<byte[]>> partitions = new TreeMap<>();
    events.stream()
        .sorted(
            Comparator.comparingLong(
                event -> reader.read(event.value()).longValue(CoreFields.EVENT_TIME)))
        .forEach(
            event -> {
              EventCursor read = reader.read(event.value());
              int user = read.text(CoreFields.USER_ID).hashCode();
              partitions
                  .computeIfAbsent(
                      Math.floorMod(user, ExperimentsKafkaTrial.PARTITIONS),
                      partition -> new ArrayList<>())
                  .add(event.value());
            });
    partitions.forEach(trial::send);
  }

  private void assertAll(JsonNode expected) {
    JsonNode homepage = expected.get("homepage_view_click");
    assertConversion("homepage", "clicked", homepage.get("attributed").get("any_time"));
    Map<String, Object> health = health("homepage");
    assertThat((Double) health.get("srm_p_value"))
        .isCloseTo(homepage.get("srm_exposed").get("p_value").asDouble(), PROBABILITY);
    assertThat(health)
        .containsEntry(
            "units_with_outcome_never_exposed",
            homepage.get("converters_without_exposure").asLong())
        .containsEntry(
            "outcomes_before_exposure", homepage.get("conversion_before_exposure").asLong());

    JsonNode classroom = expected.get("classroom");
    assertConversion("classroom", "completed", classroom.get("completed"));
    assertMean("classroom", "total_days", classroom.get("total_days"));
    assertThat((Double) health("classroom").get("srm_p_value"))
        .isCloseTo(classroom.get("srm").get("p_value").asDouble(), PROBABILITY);
  }

  private Map<String, Object> health(String experiment) {
    return one("select * from experiment_health where experiment = '%s'".formatted(experiment));
  }

  private Map<String, Object> score(String experiment, String metric, String variant) {
    return one(
        "select * from experiment_scorecards where experiment = '%s' and metric = '%s' and variant = '%s'"
            .formatted(experiment, metric, variant));
  }

  private Map<String, Object> one(String sql) {
    List<Map<String, Object>> rows = trial.query(sql);
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  private static void assertNumber(Map<String, Object> row, String column, JsonNode expected) {
    assertThat((Double) row.get(column)).as(column).isCloseTo(expected.asDouble(), NUMBER);
  }

  private void assertConversion(String experiment, String metric, JsonNode test) {
    Map<String, Object> variant = score(experiment, metric, "experiment");
    assertRate(score(experiment, metric, "control"), test.get("control"));
    assertRate(variant, test.get("treatment"));
    assertNumber(variant, "effect", test.get("abs_diff"));
    assertNumber(variant, "effect_relative", test.get("relative_lift"));
    assertThat((Double) variant.get("p_value_pooled"))
        .isCloseTo(test.get("p_two_sided_pooled").asDouble(), PROBABILITY);
  }

  private static void assertRate(Map<String, Object> row, JsonNode arm) {
    assertThat(row).containsEntry("units", arm.get("users").asLong());
    assertThat(row).containsEntry("total", arm.get("conversions").asDouble());
    assertNumber(row, "mean", arm.get("rate"));
  }

  private void assertMean(String experiment, String metric, JsonNode test) {
    Map<String, Object> control = score(experiment, metric, "control");
    Map<String, Object> variant = score(experiment, metric, "experiment");
    assertThat(control).containsEntry("units", test.get("control").get("n").asLong());
    assertThat(variant).containsEntry("units", test.get("treatment").get("n").asLong());
    assertNumber(control, "mean", test.get("control").get("mean"));
    assertNumber(variant, "mean", test.get("treatment").get("mean"));
    assertNumber(variant, "effect", test.get("abs_diff"));
    assertNumber(variant, "standard_error", test.get("se"));
    assertThat((Double) variant.get("p_value_fixed"))
        .isCloseTo(test.get("p_two_sided").asDouble(), PROBABILITY);
  }
}
