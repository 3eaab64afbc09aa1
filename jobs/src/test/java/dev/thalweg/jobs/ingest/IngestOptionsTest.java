package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.OptionChecks;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every option keeps the rules, and the reference file says what the code does. */
final class IngestOptionsTest {
  private static final Path REFERENCE = Repository.file("flink-conf/jobs/ingest.reference.yaml");
  private static final Path MINIMAL = Repository.file("flink-conf/jobs/ingest.yaml");

  static final List<ConfigOption<?>> ALL = IngestOptions.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void keyIsKebabCaseUnderKnownPrefix(ConfigOption<?> option) {
    OptionChecks.assertKey(option, "ingest|validation");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void descriptionIsSentences(ConfigOption<?> option) {
    OptionChecks.assertDescription(option);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void durationsAndSizesAreTyped(ConfigOption<?> option) {
    String last = option.key().substring(option.key().lastIndexOf('.') + 1);
    if (last.matches(".*(timeout|retention|idleness|ahead|interval|lateness)")) {
      assertThat(option.defaultValue()).isInstanceOf(Duration.class);
    }
    if (last.endsWith("bytes")) {
      assertThat(option.defaultValue()).isInstanceOf(MemorySize.class);
    }
  }

  @Test
  void listHoldsEveryOptionOnce() throws IllegalAccessException {
    OptionChecks.assertComplete(ALL, IngestOptions.class);
  }

  @Test
  void referenceIsWhatIsGenerated() throws IOException {
    OptionChecks.assertReference(REFERENCE, heading(), ALL, examples(), footing());
  }

  @Test
  void referenceSaysTheDefaults() {
    IngestConfig minimal = IngestConfig.load("--base", MINIMAL.toString());
    IngestConfig reference = IngestConfig.load("--base", REFERENCE.toString());
    assertThat(reference).usingRecursiveComparison().ignoringFields("contracts").isEqualTo(minimal);
  }

  private static List<String> heading() {
    return List.of(
        "The ingest job: every option, its default and its meaning. Generated: edit ingest.yaml, or",
        "lay a file of your own over it with `scripts/submit ingest --config FILE`.",
        "",
        "The password of PostgreSQL and those of Kafka never stand in such a file: see",
        "postgres.password-file, and kafka.properties at the end.");
  }

  private static List<String> footing() {
    return List.of(
        "# Any property of Kafka's clients goes under kafka.properties, such as those of TLS and SASL:",
        "#",
        "#   kafka:",
        "#     properties:",
        "#       security.protocol: SASL_SSL",
        "#       sasl.mechanism: SCRAM-SHA-512",
        "#       # The clients read secrets where they run, from a file (or `env`):",
        "#       config.providers: file",
        "#       config.providers.file.class: org.apache.kafka.common.config.provider.FileConfigProvider",
        "#       sasl.jaas.config: ${file:/etc/thalweg/kafka.properties:jaas}",
        "",
        "# Flink's own options for this job: execution, state, pipeline, parallelism, restart-strategy, metrics.",
        "pipeline:",
        "  max-parallelism: 720        # part of every savepoint: never change it",
        "  object-reuse: true",
        "  generic-types: false        # nothing falls back to Kryo");
  }

  /** Values of the minimal file for what has no default. */
  private static Map<String, String> examples() {
    IngestConfig minimal = IngestConfig.load("--base", MINIMAL.toString());
    Map<String, String> examples = new HashMap<>();
    examples.put("kafka.bootstrap", minimal.kafka().bootstrap());
    examples.put("postgres.url", minimal.postgres().url());
    examples.put("ingest.source.topic", minimal.source().topic());
    examples.put("ingest.profiles.topic", minimal.profilesTopic());
    examples.put("ingest.sink.canonical-topic", minimal.outputs().canonical());
    examples.put("ingest.sink.dead-letter-topic", minimal.outputs().deadLetter());
    return examples;
  }
}
