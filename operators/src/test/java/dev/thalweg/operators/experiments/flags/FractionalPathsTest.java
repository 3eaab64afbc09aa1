package dev.thalweg.operators.experiments.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jamsesso.jsonlogic.ast.JsonLogicParseException;
import io.github.jamsesso.jsonlogic.ast.JsonLogicParser;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A fractional without JSON-logic comes to what it comes to with it. */
final class FractionalPathsTest {
  private static final Outcomes OUTCOMES = new Outcomes("f", List.of("a", "b", "true", "1"), "b");

  @Provide
  Arbitrary<String> rules() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "",
            "null,",
            "{\"var\":\"targetingKey\"},",
            "{\"var\":\"x\"},",
            "{\"var\":[\"user.name\"]},",
            "{\"cat\":[{\"var\":\"x\"}]},",
            "{\"cat\":[\"salt\",{\"var\":\"$flagd.flagKey\"},{\"var\":\"user.name\"}]},",
            "{\"cat\":[\"salt\",{\"var\":\"targetingKey\"}]},");
    Arbitrary<String> variants = Arbitraries.of("\"a\"", "\"b\"", "\"c\"", "true", "1", "null");
    Arbitrary<String> weights =
        Arbitraries.of("", ",1", ",0", ",30", ",-5", ",0.5", ",null", ",2147483647", ",\"1\"");
    Arbitrary<String> arms =
        Combinators.combine(variants, weights)
            .as((variant, weight) -> "[" + variant + weight + "]")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(list -> String.join(",", list));
    return Combinators.combine(keys, arms).as((key, arm) -> "{\"fractional\":[" + key + arm + "]}");
  }

  @Provide
  Arbitrary<FlagContext> contexts() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(true, false, Map.of()).map(Object.class::cast));
    Arbitrary<String> units = Arbitraries.strings().ofMaxLength(8).injectNull(0.2);
    return Combinators.combine(units, values.injectNull(0.2), values.injectNull(0.2))
        .as((unit, x, name) -> context(unit, x, name));
  }

  private static FlagContext context(String unit, Object x, Object name) {
    Map<String, Object> user = new java.util.HashMap<>();
    user.put("name", name);
    return Contexts.unit(unit, "x", x, "user", user);
  }

  @Property(tries = 5_000, seed = "12")
  void bothPathsComeToTheSame(@ForAll("rules") String rule, @ForAll("contexts") FlagContext context)
      throws JsonProcessingException, JsonLogicParseException {
    JsonNode tree = new ObjectMapper().readTree(rule);
    Targeting fast = FractionalCompiler.compile(OUTCOMES, tree).orElseThrow();
    Targeting slow =
        new JsonLogicTargeting(OUTCOMES, JsonLogicParser.parse(rule), Operations.evaluator());
    assertThat(fast.evaluate(context)).isEqualTo(slow.evaluate(context));
  }
}
