package dev.thalweg.operators.experiments.flags;

import io.github.jamsesso.jsonlogic.evaluator.JsonLogicEvaluator;
import io.github.jamsesso.jsonlogic.evaluator.JsonLogicExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.AllExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.ArrayHasExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.EqualityExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.FilterExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.IfExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.InExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.InequalityExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.LogicExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.MapExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.MathExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.MergeExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.MissingExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.NotExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.NumericComparisonExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.ReduceExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.StrictEqualityExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.StrictInequalityExpression;
import io.github.jamsesso.jsonlogic.evaluator.expressions.SubstringExpression;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What rules can do: the operations of JSON-logic (jsonlogic.com) and flagd's. Those of the library
 * but {@code cat}, which cuts large numbers there, and {@code log}, which would print.
 */
final class Operations {
  private Operations() {}

  /** Evaluates rules. Thread safe. */
  static JsonLogicEvaluator evaluator() {
    return new JsonLogicEvaluator(all());
  }

  /** What a rule may name, {@code var} included. */
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    all().forEach(operation -> names.add(operation.key()));
    names.add("var");
    return names;
  }

  private static List<JsonLogicExpression> all() {
    return List.of(
        MathExpression.ADD,
        MathExpression.SUBTRACT,
        MathExpression.MULTIPLY,
        MathExpression.DIVIDE,
        MathExpression.MODULO,
        MathExpression.MIN,
        MathExpression.MAX,
        NumericComparisonExpression.GT,
        NumericComparisonExpression.GTE,
        NumericComparisonExpression.LT,
        NumericComparisonExpression.LTE,
        IfExpression.IF,
        IfExpression.TERNARY,
        EqualityExpression.INSTANCE,
        InequalityExpression.INSTANCE,
        StrictEqualityExpression.INSTANCE,
        StrictInequalityExpression.INSTANCE,
        NotExpression.SINGLE,
        NotExpression.DOUBLE,
        LogicExpression.AND,
        LogicExpression.OR,
        MapExpression.INSTANCE,
        FilterExpression.INSTANCE,
        ReduceExpression.INSTANCE,
        AllExpression.INSTANCE,
        ArrayHasExpression.SOME,
        ArrayHasExpression.NONE,
        MergeExpression.INSTANCE,
        InExpression.INSTANCE,
        SubstringExpression.INSTANCE,
        MissingExpression.ALL,
        MissingExpression.SOME,
        new ValuesOperation("cat", ValuesOperation::concatenated),
        new ValuesOperation("log", values -> values.isEmpty() ? null : values.get(0)),
        new ValuesOperation("starts_with", values -> compared(values, true)),
        new ValuesOperation("ends_with", values -> compared(values, false)),
        new ValuesOperation("sem_ver", SemanticVersion::compared),
        new FractionalOperation());
  }

  /** Null unless two strings are given ("String Comparison Operation Specification", flagd.dev). */
  private static Object compared(List<Object> values, boolean isStart) {
    if (values.size() == 2
        && values.get(0) instanceof String text
        && values.get(1) instanceof String part) {
      return isStart ? text.startsWith(part) : text.endsWith(part);
    }
    return null;
  }
}
