package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

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
final class MetricsOptionsTest {
  private static final Path REFERENCE = Repository.file("flink-conf/jobs/metrics.reference.yaml");
  private static final Path MINIMAL = Repository.file("flink-conf/jobs/metrics.yaml");

  static final List<ConfigOption<?>> ALL = MetricsOptions.ALL;

  @ParameterizedTest
  @FieldSource("ALL")
  void keyIsKebabCaseUnderKnownPrefix(ConfigOption<?> option) {
    OptionChecks.assertKey(option, "metrics");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void descriptionIsSentences(ConfigOption<?> option) {
    OptionChecks.assertDescription(option);
  }

  @Test
  void listHoldsEveryOptionOnce() throws IllegalAccessException {
    OptionChecks.assertComplete(ALL, MetricsOptions.class);
  }

  @Test
  void referenceIsWhatIsGenerated() throws IOException {
    OptionChecks.assertReference(REFERENCE, heading(), ALL, examples(), footing());
  }

  @Test
  void referenceSaysTheDefaults() {
    MetricsJobConfig minimal = MetricsJobConfig.load("--base", MINIMAL.toString());
    MetricsJobConfig reference = MetricsJobConfig.load("--base", REFERENCE.toString());
    assertThat(reference)
        .usingRecursiveComparison()
        .ignoringFields("contracts", "metrics.definitions", "metrics.funnels", "metrics.retention")
        .isEqualTo(minimal);
  }

  private static List<String> heading() {
    return List.of(
        "The metrics job: every option, its default and its meaning. Generated: edit metrics.yaml, or",
        "lay a file of your own over it with `scripts/submit metrics --config FILE`. What is declared of",
        "metrics stands at the end.",
        "",
        "Keys under `metrics` are the job's own; what Flink calls so is set on the cluster.");
  }

  private static List<String> footing() {
    return List.of(
        "  # One of each kind. `events` is `all` or a list; `where` is CEL over core keys, attributes and",
        "  # event_type, not met where a field is absent; `by` are fields, or event_type.",
        "  definitions:",
        "    - {name: events_per_10min, kind: count, events: all, by: [event_type], window: {tumbling: 10m}}",
        "    - {name: revenue, kind: sum, events: [order_placed], of: amount_cents, by: [currency], where: \"quantity < 100\", window: {cumulating: 1d, every: 5m}}",
        "    - {name: basket_mean, kind: mean, events: [order_placed], of: amount_cents, window: {tumbling: 1d}}",
        "    - {name: basket_min, kind: min, events: [order_placed], of: amount_cents, window: {tumbling: 1d}}",
        "    - {name: basket_max, kind: max, events: [order_placed], of: amount_cents, window: {tumbling: 1d}}",
        "    - {name: basket_p95, kind: quantile, quantile: 0.95, events: [order_placed], of: amount_cents, window: {tumbling: 1d}}   # within 1 %",
        "    - {name: users_per_hour, kind: unique, events: all, window: {tumbling: 1h}}                                               # subjects",
        "    - {name: sessions_last_hour, kind: unique, of: session_id, approximate: true, events: all, window: {sliding: 1h, every: 5m}}   # standard error 1.6 %",
        "    - {name: orders_per_view, kind: ratio, events: [order_placed], per: {events: [product_viewed]}, window: {tumbling: 1h}}   # `of` here and there: of sums",
        "    - {name: spent_a_visit, kind: sum, events: [order_placed], of: amount_cents, by: [user_id], window: {session: 30m}}       # a longer gap splits; window_end: 30m after the last",
        "  sessions: {gap: 30m}",
        "  funnels:",
        "    - {name: purchase, within: 24h, window: {tumbling: 1d}, steps: [{name: view, events: [product_viewed]}, {name: order, events: [order_placed], where: \"quantity < 100\"}]}",
        "  retention:",
        "    - {name: buyers, events: [order_placed], cohort: 1d, periods: [D1, D7, D30, D7+]}     # cohort: 1d | 1w | 1M; periods: D, W, M",
        "",
        "# Any property of Kafka's clients goes under kafka.properties: see ingest.reference.yaml.",
        "",
        "# Flink's own options for this job: execution, state, pipeline, parallelism, restart-strategy.",
        "pipeline:",
        "  max-parallelism: 720        # part of every savepoint: never change it",
        "  object-reuse: true",
        "  generic-types: false        # nothing falls back to Kryo");
  }

  /** Values of the minimal file for what has no default. */
  private static Map<String, String> examples() {
    MetricsJobConfig minimal = MetricsJobConfig.load("--base", MINIMAL.toString());
    Map<String, String> examples = new HashMap<>();
    examples.put("kafka.bootstrap", minimal.kafka().bootstrap());
    examples.put("postgres.url", minimal.postgres().url());
    examples.put("metrics.source.topic", minimal.source().topic());
    examples.put("metrics.sink.values-topic", minimal.valuesTopic());
    examples.put("metrics.sink.late-topic", minimal.lateTopic());
    examples.put("metrics.sink.dead-letter-topic", minimal.deadLetterTopic());
    return examples;
  }
}
