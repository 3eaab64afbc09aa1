package dev.thalweg.operators.experiments.flags;

import io.github.jamsesso.jsonlogic.ast.JsonLogicArray;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluationException;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluator;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicExpression;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An operation on the values of its arguments alone. */
final class ValuesOperation implements JsonLogicExpression {
  private final String name;
  private final Function<List<Object>, Object> function;

  ValuesOperation(String name, Function<List<Object>, Object> function) {
    this.name = name;
    this.function = function;
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public Object evaluate(
      JsonLogicEvaluator evaluator, JsonLogicArray arguments, Object data, String path)
      throws JsonLogicEvaluationException {
    return function.apply(evaluator.evaluate(arguments, data, path));
  }

  /** The values printed one after another; a single list is its elements. */
  static String concatenated(List<Object> values) {
    List<?> parts =
        values.size() == 1 && values.get(0) instanceof List<?> elements ? elements : values;
    return parts.stream().map(Printed::of).collect(Collectors.joining());
  }
}
