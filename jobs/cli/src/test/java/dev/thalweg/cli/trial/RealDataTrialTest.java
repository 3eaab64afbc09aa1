package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RealData;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.PartitionCounts;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingest topology over real logs gives the answers that others computed. */
class RealDataTrialTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant ARRIVAL = Instant.parse("2026-11-01T00:00:00Z");
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  @TempDir private Path work;

  @Test
  void shopLogGivesTheExpectedLedger() throws Exception {
    JsonNode expected = JSON.readTree(RealData.file("rees46/expected-ledger.json").toFile());

    TrialResult result;
    try (InputFile events = open("rees46/events.csv", "rees46.yaml");
        InputFile none = empty()) {
      result = trial().run(events, none, 0);
    }

    PartitionCounts total = total(result);
    assertThat(total.isBalanced()).isTrue();
    assertThat(total.consumed()).isEqualTo(expected.get("lines").asLong());
    assertThat(total.accepted()).isEqualTo(expected.get("accepted").asLong());
    assertThat(total.duplicate()).isEqualTo(expected.get("duplicate").asLong());
    assertThat(total.late()).isZero();
    assertThat(result.acceptedByType()).isEqualTo(counts(expected.get("by_type")));
    assertThat(causes(result)).isEqualTo(counts(expected.get("dead_letter")));
  }

  @Test
  void experimentLogIsAcceptedWholeAndEnrichedByCountry() throws Exception {
    JsonNode expected = JSON.readTree(RealData.file("ab_data/expected-attribution.json").toFile());
    Set<String> known = users(RealData.file("ab_data/countries.csv")).collect(Collectors.toSet());

    TrialResult result;
    try (InputFile events = open("ab_data/ab_data.csv", "ab_data.yaml");
        InputFile profiles = open("ab_data/countries.csv", "ab_data-countries.yaml")) {
      result = trial().run(events, profiles, 0);
    }

    PartitionCounts total = total(result);
    assertThat(total.accepted()).isEqualTo(expected.get("events").asLong());
    assertThat(total.duplicate()).isZero();
    assertThat(total.deadLetter()).isZero();
    assertThat(result.acceptedByType())
        .isEqualTo(
            Map.of(
                "experiment_exposed", expected.get("exposures").asLong(),
                "goal_reached", expected.get("goals").asLong()));
    assertThat(result.enriched()).isEqualTo(eventsOf(known));
  }

  private Trial trial() {
    Path base = RealData.root().resolve("flink-conf/jobs/ingest.yaml");
    return new Trial(IngestConfig.load("--base", base.toString()), work, ARRIVAL);
  }

  private static InputFile open(String data, String mapping) throws IOException {
    Path file = RealData.root().resolve("flink-conf/mappings").resolve(mapping);
    return InputFile.open(RealData.file(data), Optional.of(MappingFile.read(file)), CATALOG);
  }

  private static InputFile empty() throws IOException {
    return InputFile.of(
        java.io.InputStream.nullInputStream(), "nothing", Optional.empty(), CATALOG);
  }

  private static PartitionCounts total(TrialResult result) {
    return result.ledger().stream()
        .filter(LedgerEntry::isPartition)
        .map(LedgerEntry::counts)
        .reduce(PartitionCounts.ZERO, PartitionCounts::plus);
  }

  private static Map<String, Long> causes(TrialResult result) {
    return result.ledger().stream()
        .filter(entry -> !entry.isPartition())
        .collect(
            Collectors.groupingBy(
                LedgerEntry::failure, Collectors.summingLong(e -> e.counts().deadLetter())));
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object
        .fields()
        .forEachRemaining(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return counts;
  }

  /** Counted from the file alone: an exposure a row, and a goal where the last column is 1. */
  private static long eventsOf(Set<String> users) throws IOException {
    try (Stream<String> lines = Files.lines(RealData.file("ab_data/ab_data.csv"))) {
      return lines
          .skip(1)
          .map(line -> line.split(","))
          .filter(row -> users.contains(row[0]))
          .mapToLong(row -> row[4].equals("1") ? 2 : 1)
          .sum();
    }
  }

  private static Stream<String> users(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")[0]);
  }
}
