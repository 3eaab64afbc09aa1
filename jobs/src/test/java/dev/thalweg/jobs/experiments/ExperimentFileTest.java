package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Exposure;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.RampStep;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an experiment's file may say, and what is told of a mistake. */
final class ExperimentFileTest {
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  /** As the interface writes it. */
  private static final String CHECKOUT =
      """
      experiment: checkout
      owner: growth
      unit: user_id                       # or anonymous_id, or an attribute
      effective_from: 2026-03-02T00:00:00Z    # event time; events wait until the definitions present at start were read
      variants: {control: 50, treatment: 50}
      baseline: control
      salt: checkout-1
      assignment: flagd-fractional-v2     # (unsigned murmur3 * total weight) >>> 32; growthbook-v1 | growthbook-v2
      targeting: {"==": [{"var": "platform"}, "ios"]}   # optional, JSON-logic as flagd's
      exposure: {event: experiment_exposed, valid_if: "surface != 'bot'"}     # its `experiment` equals this id
      crossover: exclude                  # exclude | first
      metrics:
        - {name: purchase, kind: conversion, event: goal_reached, where: "goal == 'purchase'"}               # kinds
        - {name: revenue, kind: sum, event: order_placed, of: amount_cents, cap: 100000, cuped: 14d}
      guardrails: [{metric: revenue, tolerance: -0.02}]                                                       # relative
      statistics: {alpha: 0.05, tuning: 5000}
      policy: {minimum_units: 1000, minimum_time: 3d, ship: manual, rollback: automatic}
      """;

  /** What must be said. */
  private static final String SHORT =
      """
      experiment: short
      owner: growth
      unit: anonymous_id
      effective_from: 2026-03-02T00:00:00Z
      variants: {a: 1, b: 2}
      baseline: a
      exposure: {event: experiment_exposed}
      metrics: [{name: orders, kind: count, event: order_placed}]
      """;

  /** All that may be said. */
  private static final String EVERYTHING =
      """
      experiment: search_2
      owner: search
      unit: user_id
      effective_from: 2026-03-02T00:00:00Z
      stop: 2026-03-09T12:00:00.5Z
      variants:
        "0": 10
        Treatment-B: 0
        c: 90
      baseline: "0"
      assignment: growthbook-v2
      targeting:
        and:
          - ">=": [{var: age}, 18]
          - in: [{var: country}, [AT, "NO", null, true, 1.5, -7]]
      exposure: {event: experiment_exposed}
      crossover: first
      metrics:
        - name: spent_per_view
          kind: ratio
          event: order_placed
          of: amount_cents
          per: {event: product_viewed, where: "price_cents > 5"}
          delay: 1h
          window: 7d
        - {name: basket, kind: mean, event: order_placed, of: quantity, floor: 1, cap: 20.5}
        - {name: visits, kind: count, event: page_viewed, cuped: 36h}
      routes: {c: new-search}
      routed_events: [product_viewed, page_viewed]
      guardrails:
        - {metric: basket, tolerance: -0.1}
        - {metric: visits, tolerance: 0.2}
      policy:
        ship: automatic
        minimum_units: 5000000000
        ramp: [{share: 1, hold: 1d}, {share: 50, hold: 12h}]
      """;

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "experiment", ".yaml"), text);
  }

  private ExperimentDefinition read(String text) throws IOException {
    return ExperimentFile.read(file(text), CATALOG);
  }

  /** The mistakes, each without the file's name. */
  private List<String> mistakes(String text) throws IOException {
    return mistakes(file(text));
  }

  private static List<String> mistakes(Path file) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ExperimentFile.read(file, CATALOG));
    assertThat(thrown).as("no mistake was found").isNotNull();
    return thrown
        .getMessage()
        .lines()
        .map(
            line -> {
              assertThat(line).startsWith(file + ":");
              return line.substring(file.toString().length() + 1);
            })
        .toList();
  }

  private static OutcomeMetric metric(
      String name, OutcomeKind kind, Outcome outcome, double cap, Duration cuped) {
    return new OutcomeMetric(
        name, kind, outcome, null, Duration.ZERO, Duration.ZERO, Winsorization.cap(cap), cuped);
  }

  private static ExperimentDefinition checkout() {
    return new ExperimentDefinition(
        "checkout",
        1,
        1,
        "growth",
        Instant.parse("2026-03-02T00:00:00Z").toEpochMilli(),
        ExperimentDefinition.NEVER,
        new Design(
            new Allocation(
                "user_id",
                List.of(new Variant("control", 50), new Variant("treatment", 50)),
                "control",
                "checkout-1",
                Bucketing.FLAGD_FRACTIONAL_V2,
                "{\"==\":[{\"var\":\"platform\"},\"ios\"]}"),
            new Exposure("experiment_exposed", "surface != 'bot'"),
            Crossover.EXCLUDE,
            List.of(
                metric(
                    "purchase",
                    OutcomeKind.CONVERSION,
                    new Outcome("goal_reached", "goal == 'purchase'", ""),
                    Double.POSITIVE_INFINITY,
                    Duration.ZERO),
                metric(
                    "revenue",
                    OutcomeKind.SUM,
                    new Outcome("order_placed", "", "amount_cents"),
                    100_000,
                    Duration.ofDays(14))),
            Routing.none()),
        List.of(new Guardrail("revenue", -0.02)),
        new AnytimeValid(0.05, 5000),
        new DecisionPolicy(1000, Duration.ofDays(3), Acting.MANUAL, Acting.AUTOMATIC, List.of()));
  }

  @Test
  void readsTheExampleOfTheInterface() throws Exception {
    ExperimentDefinition definition = read(CHECKOUT);
    assertThat(definition).isEqualTo(checkout());
    assertThat(InstantiationUtil.clone(definition)).isEqualTo(definition);
  }

  @Test
  void readsWhatComesWithTheProduct() {
    Path file = Repository.file("flink-conf/experiments/checkout.yaml");
    assertThat(ExperimentFile.read(file, CATALOG)).isEqualTo(checkout());
  }

  @Test
  void hasDefaults() throws IOException {
    ExperimentDefinition definition = read(SHORT);
    Allocation allocation = definition.design().allocation();
    assertThat(allocation.salt()).isEqualTo("short");
    assertThat(allocation.bucketing()).isEqualTo(Bucketing.FLAGD_FRACTIONAL_V2);
    assertThat(allocation.targeting()).isEmpty();
    assertThat(definition.design().exposure().validIf()).isEmpty();
    assertThat(definition.design().crossover()).isEqualTo(Crossover.EXCLUDE);
    assertThat(definition.design().routing()).isEqualTo(Routing.none());
    assertThat(read(SHORT + "routes: {}\nrouted_events: []\n")).isEqualTo(definition);
    assertThat(definition.guardrails()).isEmpty();
    assertThat(definition.stop()).isEqualTo(ExperimentDefinition.NEVER);
    assertThat(definition.statistics()).isEqualTo(new AnytimeValid(0.05, 5000));
    assertThat(definition.policy())
        .isEqualTo(
            new DecisionPolicy(1000, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of()));
  }

  @Test
  void readsEveryKey() throws IOException {
    ExperimentDefinition definition = read(EVERYTHING);
    Design design = definition.design();
    assertThat(definition.stop())
        .isEqualTo(Instant.parse("2026-03-09T12:00:00.500Z").toEpochMilli());
    assertThat(design.allocation().variants())
        .containsExactly(new Variant("0", 10), new Variant("Treatment-B", 0), new Variant("c", 90));
    assertThat(design.allocation().bucketing()).isEqualTo(Bucketing.GROWTHBOOK_V2);
    assertThat(design.allocation().targeting())
        .isEqualTo(
            "{\"and\":[{\">=\":[{\"var\":\"age\"},18]},"
                + "{\"in\":[{\"var\":\"country\"},[\"AT\",\"NO\",null,true,1.5,-7]]}]}");
    assertThat(design.crossover()).isEqualTo(Crossover.FIRST);
    assertThat(design.metrics().get(0))
        .isEqualTo(
            new OutcomeMetric(
                "spent_per_view",
                OutcomeKind.RATIO,
                new Outcome("order_placed", "", "amount_cents"),
                new Outcome("product_viewed", "price_cents > 5", ""),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Winsorization.none(),
                Duration.ZERO));
    assertThat(design.metrics().get(1).bounds()).isEqualTo(new Winsorization(1, 20.5));
    assertThat(design.metrics().get(2).cuped()).isEqualTo(Duration.ofHours(36));
    assertThat(design.routing())
        .isEqualTo(new Routing(Map.of("c", "new-search"), Set.of("page_viewed", "product_viewed")));
    assertThat(definition.guardrails())
        .containsExactly(new Guardrail("basket", -0.1), new Guardrail("visits", 0.2));
    assertThat(definition.policy())
        .isEqualTo(
            new DecisionPolicy(
                5_000_000_000L,
                Duration.ZERO,
                Acting.AUTOMATIC,
                Acting.MANUAL,
                List.of(
                    new RampStep(1, Duration.ofDays(1)), new RampStep(50, Duration.ofHours(12)))));
    assertThat(DefinitionJson.read(DefinitionJson.write(definition))).isEqualTo(definition);
  }

  private static final String MISTAKEN =
      """
      experiment: Check/out
      owner:
      unit: order_id
      effective_from: yesterday
      stop: 2026-03-01
      variants: {control: -1, treatment: many}
      baseline: contrl
      assignment: murmur
      targeting: {"=": [1, 1]}
      exposure: {event: experiment_exposd, valid_if: "surfce != 'bot'"}
      crossover: last
      metrics:
        - {name: Purchase, kind: conversions, event: goal_reached, where: "gaol == 'purchase'"}
        - {name: revenue, kind: sum, event: order_placed, of: currency, cap: much, cuped: 14}
        - {name: revenue, kind: count, event: order_placed, of: quantity, window: 0s, delay: -1h}
        - {name: worth, kind: sum, event: order_placed, of: amount, floor: 5, cap: 1}
        - {name: basket, kind: ratio, event: order_placed, colour: red}
        - {name: goals, kind: ratio, event: goal_reached, per: {event: order_placed, when: 1}}
        - {name: paid, kind: count, event: order_placed, where: "price_cents > 5"}
        - 7
      routes: {contrl: a, treatment: A/B}
      routed_events: [order_plced]
      guardrails: [{metric: revenu, tolerance: -0.02}, {metric: revenue, tolerance: -2}, {metric: revenue}]
      statistics: {alpha: 5, tunning: 5000}
      policy: {minimum_units: few, minimum_time: 3, ship: maybe, ramp: [{share: 200, hold: 1d}, {share: 2}]}
      ownr: growth
      """;

  private static final List<String> MISTAKES =
      List.of(
          "1: experiment: 'Check/out' must be in kebab-case or snake_case, a letter first, at most 100 characters",
          "2: owner: must be a plain value",
          "4: effective_from: 'yesterday' must be a time such as 2026-03-02T00:00:00Z",
          "5: stop: '2026-03-01' must be a time such as 2026-03-02T00:00:00Z",
          "6: variants.control: must be 0 or more, is -1",
          "6: variants.treatment: 'many' must be a whole number up to 2147483647",
          "7: baseline: 'contrl' is no variant; there are: control, treatment; did you mean control?",
          "8: assignment: 'murmur' must be one of flagd-fractional-v2, growthbook-v1, growthbook-v2",
          "9: targeting: no operation is called \"=\"; there are: ",
          "10: exposure.event: 'experiment_exposd' is no event type; there are: app_opened, cart_added, experiment_exposed, goal_reached, order_placed, page_viewed, product_viewed, user_signed_up; did you mean experiment_exposed?",
          "11: crossover: 'last' must be one of exclude, first",
          "13: metrics[0].name: 'Purchase' must be in snake_case, a letter first, at most 100 characters",
          "13: metrics[0].kind: 'conversions' must be one of conversion, count, sum, mean, ratio; did you mean conversion?",
          "13: metrics[0].event: 'goal_reached' has no field 'order_id', which is the unit",
          "13: metrics[0].where: 'gaol == 'purchase'' does not compile: ERROR: <input>:1:1: undeclared reference to 'gaol' (in container '')",
          "14: metrics[1].of: 'currency' must be a number, is string",
          "14: metrics[1].cuped: '14': say the unit: a duration such as 500ms, 30s, 15min or 24h",
          "14: metrics[1].cap: 'much' must be a number",
          "15: metrics[2].name: 'revenue' stands in line 14 already",
          "15: metrics[2].delay: '-1h': use a duration such as 500ms, 30s, 15min or 24h",
          "15: metrics[2].window: must be longer than 0s",
          "16: metrics[3].of: 'amount' is no field of 'order_placed'; there are: amount_cents, anonymous_id, correlation_id, currency, environment, event_id, event_time, order_id, producer_version, product_id, quantity, session_id, source, user_id",
          "16: metrics[3].floor: must be at most the cap, which is 1.0",
          "17: metrics[4].colour: unknown key; allowed: cap, cuped, delay, event, floor, kind, name, of, per, where, window",
          "17: metrics[4]: per: what a ratio divides by, and for ratio only",
          "18: metrics[5].event: 'goal_reached' has no field 'order_id', which is the unit",
          "18: metrics[5].per.when: unknown key; allowed: event, of, where; did you mean where?",
          "19: metrics[6].where: 'price_cents > 5' is never met: 'order_placed' has not all of its fields",
          "20: metrics[7]: must be a map of keys and values",
          "21: routes.contrl: is no variant; there are: control, treatment; did you mean control?",
          "21: routes.treatment: 'A/B' must be in kebab-case or snake_case, a letter first, at most 100 characters",
          "22: routed_events[0]: 'order_plced' is no event type; there are: app_opened, cart_added, experiment_exposed, goal_reached, order_placed, page_viewed, product_viewed, user_signed_up; did you mean order_placed?",
          "23: guardrails[0].metric: 'revenu' is no metric; there are: Purchase, revenue, worth, basket, goals, paid; did you mean revenue?",
          "23: guardrails[1].tolerance: must be above -1 and not 0 (-0.02: may fall by 2 %; 0.05: may rise by 5 %), is -2.0",
          "23: guardrails[2].tolerance: is missing",
          "24: statistics.tunning: unknown key; allowed: alpha, tuning; did you mean tuning?",
          "24: statistics: alpha 5.0 is not between 0 and 1",
          "25: policy.minimum_units: 'few' must be a whole number",
          "25: policy.minimum_time: '3': say the unit: a duration such as 500ms, 30s, 15min or 24h",
          "25: policy.ship: 'maybe' must be one of manual, automatic",
          "25: policy.ramp[0].share: must be from 1 to 100, is 200",
          "25: policy.ramp[1].hold: is missing",
          "26: ownr: unknown key; allowed: assignment, baseline, crossover, effective_from, experiment, exposure, guardrails, metrics, owner, policy, routed_events, routes, salt, statistics, stop, targeting, unit, variants; did you mean owner?");

  @Test
  void tellsEveryMistakeWithItsLine() throws IOException {
    List<String> mistakes = mistakes(MISTAKEN);
    for (int i = 0; i < Math.min(mistakes.size(), MISTAKES.size()); i++) {
      assertThat(mistakes.get(i)).startsWith(MISTAKES.get(i));
    }
    assertThat(mistakes).hasSameSizeAs(MISTAKES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "experiment: short | experiments: short | 1: experiment: is missing",
        "owner: growth | owner: ' ' | 2: owner: says nobody",
        "unit: anonymous_id | unit: amount_cents | 7: exposure.event: 'experiment_exposed' has no field 'amount_cents', which is the unit",
        "unit: anonymous_id | unit: event_time | 7: exposure.event: 'event_time' of 'experiment_exposed' is no unit: it must be text or a whole number",
        "effective_from: 2026 | stop: 2026-03-02T00:00:00Z\\neffective_from: 2026 | 4: stop: must be after effective_from",
        "effective_from: 2026 | effective_from: 1926 | 4: effective_from: must be from 1970 to 9999",
        "{a: 1, b: 2} | {a: 1} | 5: variants: at least two, are 1",
        "{a: 1, b: 2} | {a: 0, b: 0} | 5: variants: all weights are 0: nobody would get a variant",
        "{a: 1, b: 2} | {a: 1, a: 2} | 5: variants.a: is given twice",
        "{a: 1, b: 2} | {a: 1, b c: 2} | 5: variants: name: 'b c' must be letters",
        "{a: 1, b: 2} | [a, b] | 5: variants: must be a map of keys and values",
        "baseline: a | baseline: c | 6: baseline: 'c' is no variant; there are: a, b; did you mean a?",
        "baseline: a | salt: ''\\nbaseline: a | 6: salt: must have from 1 to 200 characters",
        "baseline: a | baseline: a\\ntargeting: true | 7: targeting: must be a rule",
        "baseline: a | baseline: a\\ntargeting: {a: 1, a: 2} | 7: targeting: 'a' stands twice",
        "baseline: a | baseline: a\\ntargeting: &x {'!': [*x]} | 7: targeting: nested deeper than 100, or more than 10000 parts",
        "baseline: a | baseline: a\\ntargeting: {'!': [.inf]} | 7: targeting: '.inf' must be a number",
        "{event: experiment_exposed} | {event: goal_reached} | 7: exposure.event: 'goal_reached' has no text 'experiment', as exposures have",
        "{event: experiment_exposed} | {event: experiment_exposed, valid_if: 'surfce == 1'} | 7: exposure.valid_if: 'surfce == 1' does not compile: ERROR",
        "[{name: orders, kind: count, event: order_placed}] | [] | 8: metrics: must be a list with at least one entry",
        "kind: count, | kind: count, of: quantity, | 8: metrics[0].of: a count has no field; use where",
        "kind: count, | kind: sum, | 8: metrics[0]: of: required for sum",
        "kind: count, | kind: ratio, | 8: metrics[0]: per: what a ratio divides by, and for ratio only",
        "kind: count, | kind: conversion, cap: 1, | 8: metrics[0].cap: not for conversion",
        "kind: count, | kind: ratio, per: {event: order_placed}, cuped: 1d, | 8: metrics[0].cuped: not for ratio",
        "owner: growth | routes: {b: x}\\nowner: growth | 2: routes: say which events: routed_events",
        "owner: growth | routed_events: [order_placed]\\nowner: growth | 2: routed_events: say where they go: routes",
        "owner: growth | routes: 5\\nowner: growth | 2: routes: must be a map of keys and values",
        "unit: anonymous_id | routes: {a: x}\\nrouted_events: [page_viewed]\\nunit: order_id | 4: routed_events[0]: 'page_viewed' has no field 'order_id', which is the unit",
        "owner: growth | routed_events: [order_placed, [a]]\\nowner: growth | 2: routed_events[1]: must be a plain value",
        "owner: growth | statistics:\\nowner: growth | 2: statistics: must be a map of keys and values",
        "owner: growth | guardrails: []\\nowner: growth | 2: guardrails: must be a list with at least one entry",
        "owner: growth | policy: {ramp: [{share: 5, hold: 1d}, {share: 5, hold: 1d}]}\\nowner: growth | 2: policy.ramp: shares must rise, and 5 follows 5",
        "owner: growth | policy: {ramp: [{share: 5, hold: 0s}]}\\nowner: growth | 2: policy.ramp[0].hold: must be longer than 0s",
        "owner: growth | policy: {minimum_units: -1}\\nowner: growth | 2: policy.minimum_units: must be 0 or more, is -1",
        "owner: growth | owner: [growth | 3: not YAML: ",
      })
  void tellsAMistakeWithItsLine(String text, String instead, String mistake) throws IOException {
    assertThat(SHORT).contains(text);
    assertThat(mistakes(SHORT.replace(text, instead.replace("\\n", "\n"))).get(0))
        .startsWith(mistake);
  }

  @Test
  void tellsWhatIsNoFile() throws IOException {
    assertThat(mistakes(directory.resolve("none.yaml"))).containsExactly(" no such file");
    assertThat(mistakes(directory)).containsExactly(" cannot be read");
    assertThat(mistakes("")).containsExactly(" is empty");
    assertThat(mistakes("just text")).containsExactly("1: must be a map of keys and values");
    Path latin = file("");
    Files.write(latin, new byte[] {(byte) 0xe4});
    assertThat(mistakes(latin)).containsExactly(" not a text file in UTF-8");
  }
}
