package dev.thalweg.cli.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One map of a YAML file. Keys are taken one by one; those nobody took are mistakes. */
final class YamlMap {

  private final Node node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Node> untaken = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  YamlMap(Node node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!(node instanceof MappingNode map)) {
      problems.add(node, path, "must be a map of keys and values");
      return;
    }
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode(), path, "a key must be a plain word");
      } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        problems.add(key, keyPath(key.getValue()), "is given twice");
      } else {
        untaken.put(key.getValue(), key);
      }
    }
  }

  String keyPath(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  int line() {
    return Problems.line(node);
  }

  int line(String key) {
    Node value = entries.get(key);
    return value == null ? line() : Problems.line(value);
  }

  Problems problems() {
    return problems;
  }

  /** The keys nobody has taken yet, in the order of the file. */
  List<String> remaining() {
    return List.copyOf(untaken.keySet());
  }

  boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** The value of a key; null with a complaint if it is absent. */
  Node take(String key) {
    known.add(key);
    untaken.remove(key);
    Node value = entries.get(key);
    if (value == null) {
      problems.add(node, keyPath(key), "is missing");
    }
    return value;
  }

  Optional<Node> optional(String key) {
    known.add(key);
    untaken.remove(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** The plain text of a key; null with a complaint if it is absent or no plain value. */
  String text(String key) {
    Node value = take(key);
    return value == null ? null : text(value, keyPath(key));
  }

  Optional<String> optionalText(String key) {
    return optional(key).map(value -> text(value, keyPath(key)));
  }

  /**
   * The value of a key after a conversion whose refusals become problems; null if there is none.
   */
  <T> T parsed(String key, Function<String, T> conversion) {
    String text = text(key);
    return text == null ? null : parsed(key, text, conversion);
  }

  <T> Optional<T> optionalParsed(String key, Function<String, T> conversion) {
    return optionalText(key).map(text -> parsed(key, text, conversion));
  }

  private <T> T parsed(String key, String text, Function<String, T> conversion) {
    try {
      return conversion.apply(text);
    } catch (IllegalArgumentException e) {
      problems.add(line(key), keyPath(key), e.getMessage());
      return null;
    }
  }

  Optional<YamlMap> map(String key) {
    return optional(key).map(value -> new YamlMap(value, keyPath(key), problems));
  }

  List<YamlMap> maps(String key) {
    Node value = take(key);
    List<YamlMap> maps = new ArrayList<>();
    if (value instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      for (Node item : sequence.getValue()) {
        maps.add(new YamlMap(item, keyPath(key) + "[" + maps.size() + "]", problems));
      }
    } else if (value != null) {
      problems.add(value, keyPath(key), "must be a list with at least one entry");
    }
    return maps;
  }

  private String text(Node value, String valuePath) {
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    problems.add(value, valuePath, "must be a plain value");
    return null;
  }

  /** Refuses the keys that nobody took. */
  void refuseOthers() {
    untaken.forEach(
        (key, keyNode) ->
            problems.add(
                keyNode, keyPath(key), "unknown key; allowed: " + String.join(", ", known)));
  }
}
