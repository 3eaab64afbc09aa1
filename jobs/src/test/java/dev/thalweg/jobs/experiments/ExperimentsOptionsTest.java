package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.testkit.OptionChecks;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every option keeps the rules, and the reference file says what the code does. */
final class ExperimentsOptionsTest {
  private static final Path REFERENCE =
      Repository.file("flink-conf/jobs/experiments.reference.yaml");
  private static final Path MINIMAL = Repository.file("flink-conf/jobs/experiments.yaml");

  static final List<ConfigOption<?>> ALL = ExperimentsOptions.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void keyIsKebabCaseUnderKnownPrefix(ConfigOption<?> option) {
    OptionChecks.assertKey(option, "experiments");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void descriptionIsSentences(ConfigOption<?> option) {
    OptionChecks.assertDescription(option);
  }

  @Test
  void listHoldsEveryOptionOnce() throws IllegalAccessException {
    OptionChecks.assertComplete(ALL, ExperimentsOptions.class);
  }

  @Test
  void referenceIsWhatIsGenerated() throws IOException {
    OptionChecks.assertReference(REFERENCE, heading(), ALL, examples(), footing());
  }

  @Test
  void referenceSaysTheDefaults() {
    assertThat(load("--base", REFERENCE.toString()))
        .usingRecursiveComparison()
        .ignoringFields("contracts")
        .isEqualTo(minimal());
  }

  @Test
  void aRunThatReplaysPromotesNothing() {
    assertThat(minimal().promote()).isTrue();
    assertThat(
            load(
                    "--base",
                    MINIMAL.toString(),
                    "-Dexperiments.source.replay-from=2026-11-01T00:00:00Z")
                .promote())
        .isFalse();
  }

  @Test
  void aUnitIsNotForgottenWhileEventsOfItMayCome() {
    assertThatThrownBy(
            () ->
                load(
                    "--base",
                    MINIMAL.toString(),
                    "-Dexperiments.retention=1h",
                    "-Dexperiments.emit=0s"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("experiments.emit")
        .hasMessageContaining("must be at least 1ms");
    assertThatThrownBy(() -> load("--base", MINIMAL.toString(), "-Dexperiments.retention=1h"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("experiments.retention")
        .hasMessageContaining("must be above the lateness");
  }

  private static ExperimentsJobConfig load(String... args) {
    return ExperimentsJobConfig.load(args);
  }

  private static ExperimentsJobConfig minimal() {
    return load("--base", MINIMAL.toString());
  }

  private static List<String> heading() {
    return List.of(
        "The experiments job: every option, its default and its meaning. Generated: edit",
        "experiments.yaml, or lay a file of your own over it with `scripts/submit experiments --config",
        "FILE`. Experiments themselves are files of their own: see flink-conf/experiments/checkout.yaml.");
  }

  private static List<String> footing() {
    return List.of(
        "# Any property of Kafka's clients goes under kafka.properties: see ingest.reference.yaml.",
        "",
        "# Flink's own options for this job: execution, state, pipeline, parallelism, restart-strategy, metrics.",
        "pipeline:",
        "  max-parallelism: 720        # part of every savepoint: never change it",
        "  object-reuse: true",
        "  generic-types: false        # nothing falls back to Kryo");
  }

  /** Values of the minimal file for what has no default. */
  private static Map<String, String> examples() {
    ExperimentsJobConfig minimal = minimal();
    Map<String, String> examples = new HashMap<>();
    examples.put("kafka.bootstrap", minimal.kafka().bootstrap());
    examples.put("postgres.url", minimal.postgres().url());
    examples.put("experiments.source.topic", minimal.source().topic());
    examples.put("experiments.definitions-topic", minimal.definitionsTopic());
    examples.put("experiments.dead-letter-topic", minimal.outputs().deadLetter());
    examples.put("experiments.sink.assignments-topic", minimal.outputs().assignments());
    examples.put("experiments.sink.scorecards-topic", minimal.outputs().scorecards());
    examples.put("experiments.sink.decisions-topic", minimal.outputs().decisions());
    return examples;
  }
}
