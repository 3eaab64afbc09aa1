package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may write, and what a user is told. */
final class IngestConfigTest {
  private static final String BASE = Repository.file("flink-conf/jobs/ingest.yaml").toString();

  @TempDir private Path directory;

  private String file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "job", ".yaml");
    return Files.writeString(file, String.join("\n", lines)).toString();
  }

  private static List<String> mistakes(String... args) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> IngestConfig.load(args));
    assertThat(thrown).as("no mistake was found in %s", List.of(args)).isNotNull();
    assertThat(thrown.getStackTrace()).isEmpty();
    return thrown.getMessage().lines().toList();
  }

  private static List<String> mistakesWith(String... definitions) {
    List<String> args = new ArrayList<>(List.of("--base", BASE));
    for (String definition : definitions) {
      args.add("-D" + definition);
    }
    return mistakes(args.toArray(String[]::new));
  }

  @Test
  void minimalFileIsEnough() {
    IngestConfig config = IngestConfig.load("--base", BASE);
    assertThat(config.source().topic()).isEqualTo("events.raw");
    assertThat(config.source().replayFrom()).isNull();
    assertThat(config.delivery()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(config.decode().maxBytes()).isEqualTo(1 << 20);
    assertThat(config.dedup().retention()).isEqualTo(Duration.ofHours(24));
    assertThat(config.validate().timeFloor()).isEqualTo(Instant.parse("1990-01-01T00:00:00Z"));
    assertThat(config.flink()).containsEntry("pipeline.generic-types", "false");
  }

  @Test
  void deploymentPrefixesAllNames() {
    IngestConfig config = IngestConfig.load("--base", BASE, "-Ddeployment=shop");
    assertThat(config.source().topic()).isEqualTo("shop.events.raw");
    assertThat(config.source().group()).isEqualTo("shop.ingest");
    assertThat(config.profilesTopic()).isEqualTo("shop.reference.profiles");
    assertThat(config.outputs().canonical()).isEqualTo("shop.events.canonical");
    assertThat(config.outputs().deadLetter()).isEqualTo("shop.events.dead-letter");
    assertThat(config.postgres().schema()).isEqualTo("shop_views");
  }

  @Test
  void laterLiesOverEarlierAndDefinitionsOverAll() throws IOException {
    String over =
        file(
            "ingest:",
            "  dedup: {retention: 12h}",
            "  max-bytes: 2MiB",
            "kafka:",
            "  bootstrap: [one:9092, two:9092]",
            "  properties: {security.protocol: SSL}");
    IngestConfig config =
        IngestConfig.load("--config", over, "-Dingest.max-bytes=3mb", "--base", BASE);
    assertThat(config.dedup().retention()).isEqualTo(Duration.ofHours(12));
    assertThat(config.dedup().enabled()).as("maps merge").isTrue();
    assertThat(config.source().topic()).as("maps merge").isEqualTo("events.raw");
    assertThat(config.kafka().bootstrap()).as("lists replace").isEqualTo("one:9092,two:9092");
    assertThat(config.kafka().properties()).containsOnlyKeys("security.protocol");
    assertThat(config.decode().maxBytes()).isEqualTo(3 << 20);
  }

  @Test
  void lastOfSeveralDefinitionsHolds() {
    assertThat(IngestConfig.load("--base", BASE, "-Ddeployment=a", "-Ddeployment=b").deployment())
        .extracting("name")
        .isEqualTo("b");
  }

  @Test
  void groupsWhoseLinesAreAllCommentsCountAsAbsent() throws IOException {
    String over = file("ingest:", "#  max-bytes: 1mb", "state:", "kafka:", "  properties:", "");
    assertThat(IngestConfig.load("--base", BASE, "--config", over).decode().maxBytes())
        .isEqualTo(1 << 20);
  }

  @Test
  void unknownKeysAreToldWithLineAndSuggestion() throws IOException {
    String over =
        file(
            "ingest:",
            "  dedupe:",
            "    retention: 24h",
            "retention: 3h",
            "colour: red",
            "pipeline: {max-paralelism: 720}");
    assertThat(mistakes("--base", BASE, "--config", over))
        .containsExactlyInAnyOrder(
            over
                + ":3: ingest.dedupe.retention: no such option; did you mean"
                + " ingest.dedup.retention?",
            over + ":4: retention: no such option; did you mean ingest.dedup.retention?",
            over + ":5: colour: no such option; see the job's reference file in flink-conf/jobs",
            over
                + ":6: pipeline.max-paralelism: no such option; did you mean"
                + " pipeline.max-parallelism?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ingest.dedup.retention=soon | use a duration such as 500ms, 30s, 15min or 24h",
        "ingest.dedup.retention=24 | say the unit: a duration such as 500ms, 30s, 15min or 24h",
        "ingest.dedup.retention=-5s | use a duration such as 500ms, 30s, 15min or 24h",
        "ingest.dedup.retention= | use a duration such as 500ms, 30s, 15min or 24h",
        "ingest.dedup.retention=10ms | at least 1s",
        "ingest.dedup.retention=99999999999h | must be at most 36500d",
        "ingest.dedup.enabled=perhaps | use true or false",
        "ingest.max-bytes=huge | use a size such as 512kb or 1mb",
        "ingest.max-bytes=0 | must be at least 1b and at most 4 mb",
        "ingest.max-bytes=4gb | must be at least 1b and at most 4 mb",
        "ingest.dead-letter.max-bytes=9mb | must be at least 1b and at most 8 mb",
        "ingest.sink.delivery=none | use exactly-once or at-least-once",
        "validation.unknown-fields=ignore | use drop or reject",
        "ingest.time.floor=1990 | use an instant such as 2026-11-01T00:00:00Z",
        "ingest.time.floor= | must not be empty",
        "ingest.source.replay-from=yesterday | use an instant such as 2026-11-01T00:00:00Z",
        "ingest.source.idleness=0s | must be at least 1ms",
        "ingest.source.topic=a b | use letters, digits, ., _ and -, at most 200",
        "kafka.bootstrap=localhost | use host:port, commas between",
        "kafka.bootstrap=a:1,,b:2 | use host:port, commas between",
        "kafka.transaction-timeout=100d | must be at least 1s and at most 24d",
        "kafka.properties.group.id=mine | cannot be set here: use the job's source.group",
        "views.run-epoch=-1 | must be at least 0 and at most 8388607",
        "views.run-epoch=many | use a whole number",
        "postgres.url=mysql://db | use jdbc:postgresql://host:port/database",
        "registry.url=registry:8081 | use http://host:port/path, or https",
        "deployment=Shop-1 | use lower-case letters, digits and _, a letter first, at most 31",
        "pipeline.max-parallelism=lots | not what Flink expects there",
        "execution.checkpointing.unaligned.enabled=true | the ledger is exact with aligned",
      })
  void badValueIsToldWithWhatIsAllowed(String definition, String allowed) {
    int equals = definition.indexOf('=');
    String key = definition.substring(0, equals);
    assertThat(mistakesWith(definition))
        .singleElement()
        .asString()
        .startsWith("command line: " + key + " is '" + definition.substring(equals + 1) + "'")
        .contains(allowed);
  }

  @Test
  void missingRequiredOptionsAreAllTold() {
    assertThat(mistakes())
        .containsExactlyInAnyOrder(
            "kafka.bootstrap: required, and not set",
            "postgres.url: required, and not set",
            "ingest.source.topic: required, and not set",
            "ingest.profiles.topic: required, and not set",
            "ingest.sink.canonical-topic: required, and not set",
            "ingest.sink.dead-letter-topic: required, and not set");
  }

  @Test
  void allMistakesAreToldAtOnceOneLineEach() throws IOException {
    String over =
        file(
            "deployment: NO",
            "kafka: {bootstrap: nowhere, transaction-timeout: 1}",
            "postgres: {url: 7}",
            "ingest:",
            "  source: {topic: , idleness: -1s, replay-from: x}",
            "  sink: {delivery: sometimes, canonical-topic: '?'}",
            "  time: {floor: x, max-ahead: x}",
            "  dedup: {enabled: 3, retention: 3}",
            "  max-bytes: 0",
            "  dead-letter: {max-bytes: much}",
            "validation: {unknown-fields: 1}",
            "views: {run-epoch: x}",
            "oops: 1");
    List<String> mistakes = mistakes("--base", BASE, "--config", over, "stray");
    assertThat(mistakes).hasSize(19).allMatch(line -> line.matches("(.*:\\d+|command line): .+"));
    assertThat(mistakes)
        .contains(
            over + ":5: ingest.source.topic: required, and not set",
            over + ":13: oops: no such option; see the job's reference file in flink-conf/jobs");
  }

  @Test
  void keysThatStandTwiceAreRefused() throws IOException {
    String over =
        file(
            "kafka: {bootstrap: a:1}",
            "kafka: {bootstrap: b:2}",
            "ingest.max-bytes: 1mb",
            "ingest:",
            "  max-bytes: 2mb");
    assertThat(mistakes("--base", BASE, "--config", over))
        .containsExactly(
            over + ":2: kafka: stands twice; keep one",
            over + ":5: ingest.max-bytes: stands twice; keep one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1", "a: b: c", "\ta: 1", "- 1\n- 2", "just text", "a: *nothing"})
  void whatIsNotYamlIsToldWithItsLine(String text) throws IOException {
    String over = file(text);
    assertThat(mistakes("--base", BASE, "--config", over))
        .singleElement()
        .asString()
        .matches("\\Q" + over + "\\E:\\d+: (not YAML|expected keys and values).*");
  }

  @Test
  void filesThatCannotBeReadAreTold() throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThat(
            mistakes(
                "--base",
                BASE,
                "--config",
                "/no/such",
                "--config",
                directory.toString(),
                "--config",
                binary.toString(),
                "--config"))
        .containsExactlyInAnyOrder(
            "/no/such: cannot be read: no such file",
            directory + ": cannot be read: is a directory",
            binary + ": cannot be read: not a text file in UTF-8",
            "command line: --config: not understood; use --base FILE, --config FILE or -Dkey=value");
  }

  @Test
  void nestingWithoutEndIsRefused() throws IOException {
    assertThat(mistakes("--base", BASE, "--config", file("a: &x {b: *x}")))
        .anyMatch(line -> line.contains("nested deeper than 32"));
  }

  @Test
  void secretsAreNeverPrinted() throws IOException {
    String secret = "hunter2";
    String broken = file("kafka:", "  properties:", "    sasl.password: \"" + secret, "x: [");
    String nested = file("kafka: {properties: {ssl.key.password: [{a: " + secret + "}]}}");
    List<String> told =
        mistakes(
            "--base",
            BASE,
            "--config",
            broken,
            "--config",
            nested,
            "-Dpostgres.url=jdbc:postgresql://h/d?password=" + secret,
            "-Dregistry.url=http://me:" + secret + "@registry",
            "-Dkafka.property.sasl.jaas.config=" + secret,
            "kafka.properties.password=" + secret,
            "-Dpostgres.password=" + secret,
            "-Ddeployment=password=" + secret);
    assertThat(told).hasSizeGreaterThanOrEqualTo(6).noneMatch(line -> line.contains(secret));

    IngestConfig config =
        IngestConfig.load(
            "--base",
            BASE,
            "-Dkafka.properties.sasl.jaas.config=" + secret,
            "-Dkafka.properties.ssl.keystore.key=" + secret,
            "-Dkafka.properties.ssl.truststore.password=" + secret);
    assertThat(config.kafka().properties()).containsEntry("sasl.jaas.config", secret);
    assertThat(config.toString()).doesNotContain(secret);
  }

  @Test
  void noCombinationOfMistakesEndsInAnythingButTheirList() {
    Random random = new Random(7);
    List<String> values =
        List.of("", " ", "x", "-1", "99999999999999999999", "1h", "{}", "~", ";", "\u0000", "NaN");
    for (int i = 0; i < 2_000; i++) {
      List<String> args = new ArrayList<>();
      if (random.nextBoolean()) {
        args.addAll(List.of("--base", BASE));
      }
      for (ConfigOption<?> option : IngestOptions.ALL) {
        if (random.nextInt(3) == 0) {
          args.add("-D" + option.key() + "=" + values.get(random.nextInt(values.size())));
        }
      }
      try {
        IngestConfig.load(args.toArray(String[]::new));
      } catch (ConfigException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("Exception");
      }
    }
  }

  @Test
  void mainRefusesBadConfigurationBeforeAnythingElse() {
    assertThatThrownBy(() -> IngestJob.main(new String[] {"-Dcolour=red"}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("colour: no such option");
  }
}
