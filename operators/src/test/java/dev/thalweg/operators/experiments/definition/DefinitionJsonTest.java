package dev.thalweg.operators.experiments.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions as text, and what of a text is refused. */
final class DefinitionJsonTest {
  private static final String CHECKOUT =
      """
      {"flagd":{"flags":{"checkout":{"state":"ENABLED",\
      "variants":{"control":"control","treatment":"treatment"},"defaultVariant":null,\
      "targeting":{"if":[{"and":[{"!!":[{"var":"user_id"}]},{"==":[{"var":"platform"},"ios"]}]},\
      {"fractional":[{"cat":["checkout-1",{"var":"user_id"}]},["control",50],["treatment",50]]},null]},\
      "metadata":{"version":1,"phase":1,"assignment":"flagd-fractional-v2"}}}},\
      "analysis":{"experiment":"checkout","version":1,"phase":1,"owner":"growth",\
      "effective_from":"2026-03-02T00:00:00Z","stop":"2026-04-01T00:00:00Z","unit":"user_id",\
      "variants":[{"name":"control","weight":50},{"name":"treatment","weight":50}],\
      "baseline":"control","salt":"checkout-1","assignment":"flagd-fractional-v2",\
      "targeting":{"==":[{"var":"platform"},"ios"]},\
      "exposure":{"event":"experiment_exposed","valid_if":"surface != 'bot'"},"crossover":"exclude",\
      "metrics":[{"name":"purchase","kind":"conversion","event":"goal_reached","where":"goal == 'p'"},\
      {"name":"revenue","kind":"sum","event":"order_placed","of":"amount_cents","delay":"PT1H",\
      "window":"PT168H","cap":100000.0,"floor":0.0,"cuped":"PT336H"}],\
      "routes":{"treatment":"new-checkout"},"routed_events":["order_placed"],\
      "guardrails":[{"metric":"revenue","tolerance":-0.02}],\
      "statistics":{"alpha":0.05,"tuning":5000.0},\
      "policy":{"minimum_units":1000,"minimum_time":"PT72H","ship":"manual","rollback":"automatic",\
      "ramp":[{"share":1,"hold":"PT24H"},{"share":50,"hold":"PT12H"}]}}}""";

  @Test
  void isThisText() {
    assertThat(DefinitionJson.write(Definitions.checkout())).isEqualTo(CHECKOUT);
    assertThat(DefinitionJson.read(CHECKOUT)).isEqualTo(Definitions.checkout());
  }

  @Property(tries = 300, seed = "5")
  void readsWhatItWrites(@ForAll("definitions") ExperimentDefinition definition) {
    String text = DefinitionJson.write(definition);
    ExperimentDefinition read = DefinitionJson.read(text);
    assertThat(read).isEqualTo(definition);
    assertThat(DefinitionJson.write(read)).isEqualTo(text);
    assertThat(text).doesNotContain("\n");
  }

  @Provide
  Arbitrary<ExperimentDefinition> definitions() {
    Arbitrary<Long> times = Arbitraries.longs().between(0, 253_402_300_799_998L);
    Arbitrary<String> owners = Arbitraries.strings().ofMinLength(1).filter(text -> !text.isBlank());
    Arbitrary<Design> designs =
        Combinators.combine(
                allocations(), conditions(), Arbitraries.of(Crossover.values()), metrics())
            .as(
                (allocation, condition, crossover, metrics) ->
                    new Design(
                        allocation,
                        new Exposure("experiment_exposed", condition),
                        crossover,
                        metrics,
                        condition.isEmpty()
                            ? Routing.none()
                            : new Routing(
                                Map.of("b", "r-1", "a", "r2"), Set.of("order_placed", "x", "y"))));
    return Combinators.combine(times, owners, designs, numbers(), policies())
        .as(
            (time, owner, design, number, policy) ->
                new ExperimentDefinition(
                    "a-b_c1",
                    9,
                    (int) (time % 9) + 1,
                    owner,
                    time,
                    time % 2 == 0 ? ExperimentDefinition.NEVER : time + 1,
                    design,
                    number == 0 || number <= -1
                        ? List.of()
                        : List.of(new Guardrail(design.metrics().get(0).name(), number)),
                    new AnytimeValid(1 / (2 + Math.abs(number)), 1 + Math.abs(number)),
                    policy));
  }

  private static Arbitrary<Double> numbers() {
    return Arbitraries.doubles().between(-1e9, 1e9).ofScale(12);
  }

  private static Arbitrary<String> conditions() {
    return Arbitraries.strings().ofMaxLength(8);
  }

  private static Arbitrary<Duration> spans() {
    return Arbitraries.longs().between(0, 3_000_000_000_000L).map(Duration::ofMillis);
  }

  private static Arbitrary<Allocation> allocations() {
    Arbitrary<Integer> weights = Arbitraries.integers().between(0, 1 << 29);
    Arbitrary<String> salts = Arbitraries.strings().ofMinLength(1).ofMaxLength(200);
    Arbitrary<String> rules =
        Arbitraries.of(
            "",
            Definitions.ios(),
            "{\"and\": [true, 1.5e300, -0.0, 12345678901234567890, {\"in\": [\"\u00e4\\n\", [null]]}]}");
    return Combinators.combine(weights, weights, salts, Arbitraries.of(Bucketing.values()), rules)
        .as(
            (first, second, salt, bucketing, rule) ->
                new Allocation(
                    "user_id",
                    List.of(new Variant("b", first), new Variant("a", 1), new Variant("0", second)),
                    "a",
                    salt,
                    bucketing,
                    rule));
  }

  private static Arbitrary<List<OutcomeMetric>> metrics() {
    Arbitrary<OutcomeMetric> metrics =
        Combinators.combine(
                Arbitraries.of(OutcomeKind.values()), conditions(), spans(), spans(), numbers())
            .as(
                (kind, where, some, other, number) ->
                    new OutcomeMetric(
                        "m_" + kind.name().toLowerCase(java.util.Locale.ROOT),
                        kind,
                        new Outcome("a_b", where, kind.takesField() ? "f" : ""),
                        kind == OutcomeKind.RATIO ? new Outcome("c", where, "") : null,
                        some,
                        other,
                        kind == OutcomeKind.SUM
                            ? new Winsorization(number, Double.POSITIVE_INFINITY)
                            : kind == OutcomeKind.MEAN
                                ? new Winsorization(-2e9, number)
                                : Winsorization.none(),
                        kind == OutcomeKind.RATIO ? Duration.ZERO : some));
    return metrics.list().ofMinSize(1).ofMaxSize(4).uniqueElements(OutcomeMetric::name);
  }

  private static Arbitrary<DecisionPolicy> policies() {
    Arbitrary<Acting> acting = Arbitraries.of(Acting.values());
    Arbitrary<List<RampStep>> ramps =
        Arbitraries.integers()
            .between(1, 100)
            .set()
            .ofMaxSize(4)
            .map(
                shares ->
                    shares.stream()
                        .sorted()
                        .map(share -> new RampStep(share, Duration.ofMillis(share)))
                        .toList());
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0), spans(), acting, acting, ramps)
        .as(DecisionPolicy::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"flagd\": | { | definition: not JSON: ",
        "\"owner\":\"growth\" | \"owner\":5 | analysis.owner: must be text",
        "\"owner\":\"growth\", | `` | analysis.owner: is missing",
        "\"owner\":\"growth\" | \"owner\":\"growth\",\"color\":1 | analysis: unknown key 'color'",
        "\"version\":1,\"phase\":1,\"owner\" | \"version\":1.5,\"phase\":1,\"owner\" | analysis.version: must be a whole number",
        "\"version\":1,\"phase\":1,\"owner\" | \"version\":1,\"phase\":2,\"owner\" | analysis: phase: must be from 1 to the version, is 2",
        "2026-04-01T00:00:00Z | tomorrow | analysis.stop: 'tomorrow' cannot be read",
        "\"name\":\"control\",\"weight\":50 | \"name\":\"control\",\"weight\":-1 | analysis.variants[0]: control: must be 0 or more, is -1",
        "\"name\":\"control\",\"weight\":50 | \"name\":\"control\",\"weight\":50000000000 | analysis.variants[0].weight: is too large: 50000000000",
        "\"kind\":\"sum\" | \"kind\":\"total\" | analysis.metrics[1].kind: 'total' cannot be read",
        "\"cap\":100000.0 | \"cap\":-1 | analysis.metrics[1]: bounds 0.0 to -1.0",
        "[\"order_placed\"] | [5] | analysis.routed_events[0]: must be text",
        "[\"order_placed\"] | \"order_placed\" | analysis.routed_events: must be a list",
        "\"policy\":{ | \"policy\":{\"day\":\"friday\", | analysis.policy: unknown key 'day'",
        "\"flags\":{\"checkout\" | \"flags\":{\"search\" | flagd.flags: has no flag checkout",
        "\"state\":\"ENABLED\" | \"state\":\"ON\" | flagd: flag \"checkout\", state: must be \"ENABLED\"",
        "\"analysis\": | \"flagd\": | definition: not JSON: Duplicate",
        "\"analysis\": | \"analyses\": | definition.analysis: is missing",
      })
  void saysInOneLineWhatIsWrongAndWhere(String text, String instead, String message) {
    assertThat(CHECKOUT).contains(text);
    assertThatThrownBy(() -> DefinitionJson.read(CHECKOUT.replace(text, instead)))
        .isInstanceOf(DefinitionJsonException.class)
        .hasMessageStartingWith(message)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
  }

  @Test
  void theHashCoversAllThatDecides() {
    ExperimentDefinition definition = Definitions.checkout();
    String hash = DefinitionJson.policyHash(definition);
    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(DefinitionJson.policyHash(PhasesTest.changed(definition, "owner", "x")))
        .isEqualTo(hash);
    assertThat(
            Set.of(
                hash,
                policyHash(definition, "guardrails", List.of()),
                policyHash(definition, "statistics", new AnytimeValid(0.05, 4999)),
                policyHash(
                    definition,
                    "policy",
                    PhasesTest.changed(Definitions.policy(), "ship", Acting.AUTOMATIC))))
        .hasSize(4);
  }

  private static String policyHash(ExperimentDefinition definition, String part, Object other) {
    return DefinitionJson.policyHash(PhasesTest.changed(definition, part, other));
  }
}
