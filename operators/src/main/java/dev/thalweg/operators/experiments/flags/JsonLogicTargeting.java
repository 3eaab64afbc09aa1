package dev.thalweg.operators.experiments.flags;

import io.github.jamsesso.jsonlogic.ast.JsonLogicNode;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluationException;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluator;

/** A rule in JSON-logic, parsed once. Linear in the parts of the rule that are evaluated. */
final class JsonLogicTargeting implements Targeting {
  private final Outcomes outcomes;
  private final JsonLogicNode rule;
  private final JsonLogicEvaluator evaluator;

  JsonLogicTargeting(Outcomes outcomes, JsonLogicNode rule, JsonLogicEvaluator evaluator) {
    this.outcomes = outcomes;
    this.rule = rule;
    this.evaluator = evaluator;
  }

  @Override
  public Evaluation evaluate(FlagContext context) {
    try {
      ContextView data = new ContextView(outcomes.flag(), context);
      return outcomes.of(evaluator.evaluate(rule, data, "$"));
    } catch (JsonLogicEvaluationException e) {
      return outcomes.broken(e.getMessage() + " at " + e.getJsonPath());
    } catch (RuntimeException e) {
      // The library leaves some arguments that an operation cannot take to Java to refuse.
      return outcomes.broken("evaluation failed: " + e);
    }
  }
}
