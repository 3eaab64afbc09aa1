package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Puts the rules of {@code $evaluators} in the place of each {@code {"$ref": name}}. */
final class SharedRules {
  /** The most nodes of one rule: a few references to references could fill the memory. */
  private static final int LARGEST = 100_000;

  /** The deepest nesting: a chain of references could fill the stack. */
  private static final int DEEPEST = 200;

  private final JsonNode rules;
  private final Set<String> open = new LinkedHashSet<>();
  private int nodes;
  private int depth;

  /**
   * Shared rules.
   *
   * @param rules an object; missing where there are none
   */
  SharedRules(JsonNode rules) {
    this.rules = rules;
  }

  /**
   * A copy of a rule without references.
   *
   * @throws BrokenRule where a reference leads nowhere or to itself
   */
  JsonNode resolve(JsonNode rule) throws BrokenRule {
    open.clear();
    nodes = 0;
    depth = 0;
    return copy(rule);
  }

  private JsonNode copy(JsonNode node) throws BrokenRule {
    nodes++;
    depth++;
    if (nodes > LARGEST || depth > DEEPEST) {
      throw new BrokenRule("more than " + LARGEST + " nodes, or deeper than " + DEEPEST);
    }
    JsonNode copy = copyOf(node);
    depth--;
    return copy;
  }

  private JsonNode copyOf(JsonNode node) throws BrokenRule {
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : node) {
        copy.add(copy(element));
      }
      return copy;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1 && node.path("$ref").isTextual()) {
      return referred(node.get("$ref").textValue());
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      copy.set(field.getKey(), copy(field.getValue()));
    }
    return copy;
  }

  private JsonNode referred(String name) throws BrokenRule {
    if (!rules.has(name)) {
      throw new BrokenRule("$ref " + Quoted.of(name) + " is not in $evaluators");
    }
    if (!open.add(name)) {
      throw new BrokenRule("$ref " + Quoted.of(name) + " leads to itself");
    }
    JsonNode copy = copy(rules.get(name));
    open.remove(name);
    return copy;
  }

  /** A rule that cannot be read; the message says why. */
  static final class BrokenRule extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenRule(String message) {
      super(message);
    }
  }
}
