package dev.thalweg.jobs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One map of a YAML file. Keys are taken one by one; those nobody took are mistakes. */
public final class YamlMap {

  private final Node node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Node> untaken = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * The map at a node; where there is none that is a problem.
   *
   * @param path the keys that lead there, for complaints
   */
  public YamlMap(Node node, String path, Problems problems) {
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

  /** A key with those that lead to it. */
  public String keyPath(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Where the map begins, from 1. */
  public int line() {
    return Problems.line(node);
  }

  /** Where the value of a key stands, from 1; where it is absent, the map. */
  public int line(String key) {
    Node value = entries.get(key);
    return value == null ? line() : Problems.line(value);
  }

  /** The keys nobody has taken yet, in the order of the file. */
  public List<String> remaining() {
    return List.copyOf(untaken.keySet());
  }

  /** Whether there is such a key. */
  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** The value of a key; null with a complaint if it is absent. */
  public Node take(String key) {
    known.add(key);
    untaken.remove(key);
    Node value = entries.get(key);
    if (value == null) {
      problems.add(node, keyPath(key), "is missing");
    }
    return value;
  }

  /** The value of a key, if there is one. */
  public Optional<Node> optional(String key) {
    known.add(key);
    untaken.remove(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** The plain text of a key; null with a complaint if it is absent or no plain value. */
  public String text(String key) {
    Node value = take(key);
    return value == null ? null : text(value, keyPath(key));
  }

  /** The plain text of a key, if there is one. */
  public Optional<String> optionalText(String key) {
    return optional(key).map(value -> text(value, keyPath(key)));
  }

  /**
   * The value of a key after a conversion whose refusals become problems; null if there is none.
   */
  public <T> T parsed(String key, Function<String, T> conversion) {
    String text = text(key);
    return text == null ? null : parsed(key, text, conversion);
  }

  /** Like {@link #parsed}, for a key that may be absent. */
  public <T> Optional<T> optionalParsed(String key, Function<String, T> conversion) {
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

  /** The map below a key, if there is one. */
  public Optional<YamlMap> map(String key) {
    return optional(key).map(value -> new YamlMap(value, keyPath(key), problems));
  }

  /** The maps of the list below a key, at least one. */
  public List<YamlMap> maps(String key) {
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
  public void refuseOthers() {
    untaken.forEach(
        (key, keyNode) ->
            problems.add(
                keyNode,
                keyPath(key),
                "unknown key; allowed: "
                    + String.join(", ", known)
                    + EditDistance.suggestion(key, known)));
  }

  /** Notes that a key's value cannot be used. */
  public void refuse(String key, String reason) {
    problems.add(line(key), keyPath(key), reason);
  }

  /** Notes that an item of a list cannot be used. */
  public void refuse(YamlText item, String reason) {
    problems.add(item.line(), item.path(), reason);
  }

  /** Whether it is a map at all; if not, that has been noted. */
  public boolean isMap() {
    return node instanceof MappingNode;
  }

  /**
   * What is built of the map's values; null with a complaint if it is refused.
   *
   * @param build may throw an {@link IllegalArgumentException}, the key that is wrong first in its
   *     message
   */
  public <T> T built(Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      String[] parts = String.valueOf(e.getMessage()).split(": ", 2);
      boolean named = parts.length == 2 && entries.containsKey(parts[0]);
      if (named) {
        refuse(parts[0], parts[1]);
      } else {
        problems.add(node, path, e.getMessage());
      }
      return null;
    }
  }

  /** A duration with its unit; null with a complaint if it is none. */
  public Duration duration(String key) {
    return parsed(key, YamlMap::durationOf);
  }

  private static Duration durationOf(String text) {
    try {
      return TypedValues.duration(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  /** The plain values of the list below a key, none if it is absent, each with its own line. */
  public List<YamlText> texts(String key) {
    Node value = optional(key).orElse(null);
    List<YamlText> texts = new ArrayList<>();
    if (value instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        String path = keyPath(key) + "[" + texts.size() + "]";
        texts.add(new YamlText(text(item, path), path, Problems.line(item)));
      }
    } else if (value != null) {
      problems.add(value, keyPath(key), "must be a list");
    }
    return texts;
  }
}
