package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.operators.experiments.flags.SharedRules.BrokenRule;
import io.github.jamsesso.jsonlogic.ast.JsonLogicParseException;
import io.github.jamsesso.jsonlogic.ast.JsonLogicParser;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the flags of one document. */
final class FlagReader {
  private static final int LONGEST = 80;

  private final JsonLogicEvaluator evaluator = Operations.evaluator();
  private final SharedRules shared;

  FlagReader(JsonNode evaluators) {
    if (!evaluators.isMissingNode() && !evaluators.isObject()) {
      throw new FlagDocumentException("$evaluators: is not an object");
    }
    evaluators
        .properties()
        .forEach(
            rule -> {
              if (!rule.getValue().isObject()) {
                throw new FlagDocumentException(
                    "$evaluators, " + Quoted.of(rule.getKey()) + ": is not an object");
              }
            });
    this.shared = new SharedRules(evaluators);
  }

  /**
   * Compiles a flag.
   *
   * @throws FlagDocumentException where its definition is none. A rule that cannot be read is no
   *     such case: that flag evaluates to an error
   */
  Targeting read(String key, JsonNode flag) {
    require(key, "", flag.isObject(), "is not an object");
    JsonNode state = flag.path("state");
    boolean isOff = "DISABLED".equals(state.textValue());
    require(
        key,
        ", state",
        isOff || "ENABLED".equals(state.textValue()),
        "must be \"ENABLED\" or \"DISABLED\"" + found(state));
    JsonNode variants = flag.path("variants");
    require(
        key,
        ", variants",
        variants.isObject() && !variants.isEmpty(),
        "must be an object with at least one variant");
    JsonNode byDefault = flag.path("defaultVariant");
    boolean hasDefault = !byDefault.isMissingNode() && !byDefault.isNull();
    require(
        key,
        ", defaultVariant",
        !hasDefault || (byDefault.isTextual() && variants.has(byDefault.textValue())),
        "must be the name of a variant" + found(byDefault));
    JsonNode rule = flag.path("targeting");
    require(
        key,
        ", targeting",
        rule.isMissingNode() || rule.isNull() || rule.isObject(),
        "must be an object" + found(rule));
    List<String> names = new ArrayList<>();
    variants.fieldNames().forEachRemaining(names::add);
    Outcomes outcomes = new Outcomes(key, names, byDefault.textValue());
    return isOff
        ? new Targeting.Static(Evaluation.of(null, Reason.DISABLED))
        : compile(outcomes, rule);
  }

  private Targeting compile(Outcomes outcomes, JsonNode rule) {
    if (rule.isEmpty()) {
      return new Targeting.Static(outcomes.withoutRule());
    }
    try {
      JsonNode resolved = shared.resolve(rule);
      Optional<Targeting> fractional = FractionalCompiler.compile(outcomes, resolved);
      return fractional.isPresent()
          ? fractional.get()
          : new JsonLogicTargeting(outcomes, JsonLogicParser.parse(resolved.toString()), evaluator);
    } catch (BrokenRule e) {
      return new Targeting.Static(outcomes.broken(e.getMessage()));
    } catch (JsonLogicParseException e) {
      return new Targeting.Static(outcomes.broken(e.getMessage() + " at " + e.getJsonPath()));
    }
  }

  private static String found(JsonNode node) {
    if (node.isMissingNode()) {
      return "; it is absent";
    }
    String written = node.toString();
    return "; it is "
        + (written.length() <= LONGEST ? written : written.substring(0, LONGEST) + "...");
  }

  private static void require(String flag, String place, boolean holds, String otherwise) {
    if (!holds) {
      throw new FlagDocumentException("flag " + Quoted.of(flag) + place + ": " + otherwise);
    }
  }
}
