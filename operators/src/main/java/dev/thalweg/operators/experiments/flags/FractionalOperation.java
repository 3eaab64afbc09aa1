package dev.thalweg.operators.experiments.flags;

import dev.thalweg.operators.experiments.assignment.Murmur3;
import io.github.jamsesso.jsonlogic.ast.JsonLogicArray;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluationException;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluator;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicExpression;
import java.util.List;

/**
 * flagd's fractional, version 2, within a rule. Its first argument is what is hashed, if it is a
 * string; where it is null or left out, the flag's key and the targeting key. What flagd cannot
 * distribute comes to null.
 */
final class FractionalOperation implements JsonLogicExpression {
  @Override
  public String key() {
    return "fractional";
  }

  @Override
  public Object evaluate(
      JsonLogicEvaluator evaluator, JsonLogicArray arguments, Object data, String path)
      throws JsonLogicEvaluationException {
    List<Object> values = evaluator.evaluate(arguments, data, path);
    if (values.isEmpty()) {
      return null;
    }
    Object first = values.get(0);
    List<Object> arms = first instanceof List ? values : values.subList(1, values.size());
    Integer hash = hash(first, data);
    return hash == null
        ? null
        : Distribution.of(arms).map(distribution -> distribution.variant(hash)).orElse(null);
  }

  private static Integer hash(Object first, Object data) {
    if (first instanceof String key) {
      return Murmur3.hash32(key, 0);
    }
    boolean isByUnit = first == null || first instanceof List;
    return isByUnit && data instanceof ContextView view && view.targetingKey() != null
        ? Murmur3.hash32(view.flag(), view.targetingKey(), 0)
        : null;
  }
}
