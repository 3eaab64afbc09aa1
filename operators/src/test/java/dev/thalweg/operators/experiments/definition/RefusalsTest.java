package dev.thalweg.operators.experiments.definition;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that cannot be meant cannot be made. */
final class RefusalsTest {
  private static void refused(String message, ThrowingCallable making) {
    assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
  }

  private static Allocation allocation(List<Variant> variants, String baseline, String targeting) {
    return new Allocation(
        "user_id", variants, baseline, "s", Bucketing.FLAGD_FRACTIONAL_V2, targeting);
  }

  private static List<Variant> variants(int first, int second) {
    return List.of(new Variant("a", first), new Variant("b", second));
  }

  @Test
  void ofVariants() {
    refused("a: must be 0 or more, is -1", () -> new Variant("a", -1));
    refused(
        "variants: at least two, are 1", () -> allocation(List.of(new Variant("a", 1)), "a", ""));
    refused(
        "variants: 'a' stands twice",
        () -> allocation(List.of(new Variant("a", 1), new Variant("a", 2)), "a", ""));
    refused(
        "variants: all weights are 0: nobody would get a variant",
        () -> allocation(variants(0, 0), "a", ""));
    refused(
        "variants: weights sum to more than 2147483647",
        () -> allocation(variants(Integer.MAX_VALUE, 1), "a", ""));
    refused(
        "baseline: 'c' is no variant; there are: a, b", () -> allocation(variants(1, 1), "c", ""));
    assertThatCode(() -> allocation(variants(Integer.MAX_VALUE, 0), "b", ""))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"control", "Treatment-A", "0", "new_page", "v1.2"})
  void takesTheVariantsOfOthers(String name) {
    assertThatCode(() -> new Variant(name, 1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a b", "-a", "a\nb", "\u00e4"})
  void takesNoOtherVariants(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Variant(name, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"=\": [1, 1]} | no operation is called \"=\"; there are: !, !!, !=,",
        "{\"or\": [true, {\"if\": [{\"near\": []}]}]} | no operation is called \"near\"; there are:",
        "{\"$ref\": \"x\"} | no operation is called \"$ref\"; there are:",
        "{\"==\": [1, 1], \"!=\": [1, 2]} | an operation has one key, 2 are given",
        "{} | an operation has one key, 0 are given",
        "true | must be a rule such as {\"==\": [{\"var\": \"x\"}, 1]}",
        "{\"==\": | not JSON: Unexpected end-of-input",
        "{\"!\": [1]} x | not JSON:",
        "{\"!\": [1], \"!\": [2]} | not JSON: Duplicate field '!'",
      })
  void ofTargetingThatCannotBeEvaluated(String line) {
    String[] parts = line.split(" \\| ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allocation(variants(1, 1), "a", parts[0]))
        .withMessageStartingWith("targeting: " + parts[1]);
  }

  @Test
  void ofTargetingWithoutEnd() {
    refused(
        "targeting: nested deeper than 100",
        () -> allocation(variants(1, 1), "a", "{\"!\":".repeat(101) + "1" + "}".repeat(101)));
  }

  private static OutcomeMetric metric(OutcomeKind kind, String of, Winsorization bounds) {
    return new OutcomeMetric(
        "m",
        kind,
        new Outcome("a", "", of),
        kind == OutcomeKind.RATIO ? new Outcome("b", "", "") : null,
        Duration.ZERO,
        Duration.ZERO,
        bounds,
        Duration.ofDays(1));
  }

  @Test
  void ofMetrics() {
    Winsorization none = Winsorization.none();
    refused("of: required for sum", () -> metric(OutcomeKind.SUM, "", none));
    refused("of: required for mean", () -> metric(OutcomeKind.MEAN, "", none));
    refused("of: a count has no field; use where", () -> metric(OutcomeKind.COUNT, "f", none));
    refused(
        "of: a conversion has no field; use where",
        () -> metric(OutcomeKind.CONVERSION, "f", none));
    refused(
        "cap: not for conversion", () -> metric(OutcomeKind.CONVERSION, "", Winsorization.cap(1)));
    refused(
        "floor: not for ratio",
        () -> metric(OutcomeKind.RATIO, "", new Winsorization(0, Double.POSITIVE_INFINITY)));
    refused("cuped: not for ratio", () -> metric(OutcomeKind.RATIO, "", none));
    Outcome orders = new Outcome("order_placed", "", "");
    refused(
        "per: what a ratio divides by, and for ratio only",
        () -> Definitions.metric("m", OutcomeKind.RATIO, orders));
    refused(
        "per: what a ratio divides by, and for ratio only",
        () -> Definitions.metric("m", OutcomeKind.COUNT, orders, orders));
    refused(
        "name: 'M-1' must be in snake_case, a letter first, at most 100 characters",
        () -> Definitions.metric("M-1", OutcomeKind.COUNT, orders));
  }

  @Test
  void ofDurations() {
    refused("hold: must be longer than 0s", () -> new RampStep(1, Duration.ZERO));
    refused(
        "hold: must be from 0s to 36500d, is PT-1S", () -> new RampStep(1, Duration.ofSeconds(-1)));
    refused(
        "hold: must be whole milliseconds, is PT0.000001S",
        () -> new RampStep(1, Duration.ofNanos(1_000)));
    refused(
        "hold: must be from 0s to 36500d, is PT876000.001S".replace("876000.001S", "876000H0.001S"),
        () -> new RampStep(1, Duration.ofDays(36_500).plusMillis(1)));
  }

  @Test
  void ofPolicies() {
    refused("share: must be from 1 to 100, is 101", () -> new RampStep(101, Duration.ofDays(1)));
    RampStep step = new RampStep(5, Duration.ofDays(1));
    refused(
        "ramp: shares must rise, and 5 follows 5",
        () ->
            new DecisionPolicy(
                1, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of(step, step)));
    refused(
        "minimum_units: must be 0 or more, is -1",
        () -> new DecisionPolicy(-1, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, -2, Double.NaN, Double.POSITIVE_INFINITY})
  void ofTolerancesWithoutMeaning(double tolerance) {
    refused(
        "tolerance: must be above -1 and not 0 (-0.02: may fall by 2 %; 0.05: may rise by 5 %), is "
            + tolerance,
        () -> new Guardrail("m", tolerance));
  }

  @Test
  void ofRoutes() {
    refused(
        "routes: say which events: routed_events", () -> new Routing(Map.of("a", "r"), Set.of()));
    refused("routed_events: say where they go: routes", () -> new Routing(Map.of(), Set.of("e")));
    ExperimentDefinition definition = Definitions.checkout();
    refused(
        "routes: 'c' is no variant; there are: control, treatment",
        () ->
            new Design(
                definition.design().allocation(),
                definition.design().exposure(),
                Crossover.FIRST,
                definition.design().metrics(),
                new Routing(Map.of("c", "r"), Set.of("e"))));
  }

  private static ExperimentDefinition definition(
      String id, int phase, String owner, long from, long stop, List<Guardrail> guardrails) {
    ExperimentDefinition all = Definitions.checkout();
    return new ExperimentDefinition(
        id, 1, phase, owner, from, stop, all.design(), guardrails, all.statistics(), all.policy());
  }

  @Test
  void ofExperiments() {
    refused(
        "experiment: 'a/b' must be in kebab-case or snake_case, a letter first, at most 100 characters",
        () -> definition("a/b", 1, "o", 0, 5, List.of()));
    refused(
        "phase: must be from 1 to the version, is 2",
        () -> definition("a", 2, "o", 0, 5, List.of()));
    refused("owner: says nobody", () -> definition("a", 1, " ", 0, 5, List.of()));
    refused("stop: must be after effective_from", () -> definition("a", 1, "o", 5, 5, List.of()));
    refused(
        "effective_from: must be from 1970 to 9999, is 1969-12-31T23:59:59.999Z",
        () -> definition("a", 1, "o", -1, 5, List.of()));
    refused(
        "guardrails: 'clicks' is no metric; there are: purchase, revenue",
        () -> definition("a", 1, "o", 0, 5, List.of(new Guardrail("clicks", -0.1))));
  }
}
