package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Looks at rules before anything is evaluated. */
public final class FlagRule {
  /** Deeper rules would not do in a document, where they are part of another. */
  private static final int DEEPEST = 100;

  private final SortedSet<String> operations = Operations.names();

  private FlagRule() {}

  /**
   * Why a rule can never be evaluated, on one line: an object that is no operation, an operation
   * that nobody knows, at whatever place. Empty where nothing is wrong with it. A reference to
   * {@code $evaluators} is no part of a rule on its own.
   */
  public static Optional<String> mistake(JsonNode rule) {
    return new FlagRule().mistake(rule, 1);
  }

  private Optional<String> mistake(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return Optional.of("nested deeper than " + DEEPEST);
    }
    if (node.isObject() && node.size() != 1) {
      return Optional.of("an operation has one key, " + node.size() + " are given");
    }
    for (Map.Entry<String, JsonNode> operation : node.properties()) {
      if (!operations.contains(operation.getKey())) {
        return Optional.of(
            "no operation is called %s; there are: %s"
                .formatted(Quoted.of(operation.getKey()), String.join(", ", operations)));
      }
    }
    for (JsonNode part : node) {
      Optional<String> mistake = mistake(part, depth + 1);
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return Optional.empty();
  }
}
