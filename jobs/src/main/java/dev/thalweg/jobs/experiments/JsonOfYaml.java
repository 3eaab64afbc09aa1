package dev.thalweg.jobs.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a part of a YAML file is in JSON. An alias may lead to itself, so there is a limit. */
final class JsonOfYaml {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 100;
  private static final int LARGEST = 10_000;

  private final JsonNode json;
  private int nodes;

  private JsonOfYaml(Node node) {
    this.json = convert(node, 1);
  }

  /**
   * Converts a node.
   *
   * @throws IllegalArgumentException saying why JSON has no such thing
   */
  static JsonOfYaml of(Node node) {
    return new JsonOfYaml(node);
  }

  JsonNode json() {
    return json;
  }

  private JsonNode convert(Node node, int depth) {
    nodes++;
    if (nodes > LARGEST || depth > DEEPEST) {
      throw new IllegalArgumentException(
          "nested deeper than %d, or more than %d parts".formatted(DEEPEST, LARGEST));
    }
    if (node instanceof MappingNode map) {
      return object(map, depth);
    }
    if (node instanceof SequenceNode list) {
      ArrayNode array = JSON.arrayNode();
      list.getValue().forEach(item -> array.add(convert(item, depth + 1)));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode map, int depth) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new IllegalArgumentException("a key must be a plain word");
      }
      if (object.has(key.getValue())) {
        throw new IllegalArgumentException("'" + key.getValue() + "' stands twice");
      }
      object.set(key.getValue(), convert(entry.getValueNode(), depth + 1));
    }
    return object;
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    try {
      if (tag.equals(Tag.INT)) {
        return JSON.numberNode(new BigInteger(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        return JSON.numberNode(Scalars.real(text));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' must be a decimal number", e);
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(text);
  }
}
