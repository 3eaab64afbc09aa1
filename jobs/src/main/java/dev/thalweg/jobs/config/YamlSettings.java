package dev.thalweg.jobs.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML file of nested maps as settings with dotted keys, each knowing its line. */
final class YamlSettings {
  private static final int DEEPEST = 32;

  private final String name;
  private final List<String> mistakes;
  private final Set<String> branchKeys;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, Branch> branches = new LinkedHashMap<>();

  private YamlSettings(String name, Set<String> branchKeys, List<String> mistakes) {
    this.name = name;
    this.branchKeys = branchKeys;
    this.mistakes = mistakes;
  }

  /**
   * The settings of that file; what is wrong with it is added to {@code mistakes}.
   *
   * @param branchKeys keys whose values are left as they are
   */
  static YamlSettings read(Path file, Set<String> branchKeys, List<String> mistakes) {
    YamlSettings yaml = new YamlSettings(file.toString(), branchKeys, mistakes);
    try {
      yaml.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      mistakes.add(file + ": cannot be read: " + reason(file, e));
    }
    return yaml;
  }

  Map<String, Setting> settings() {
    return settings;
  }

  Map<String, Branch> branches() {
    return branches;
  }

  private static String reason(Path file, IOException e) {
    if (!Files.exists(file)) {
      return "no such file";
    }
    if (Files.isDirectory(file)) {
      return "is a directory";
    }
    if (e instanceof CharacterCodingException) {
      return "not a text file in UTF-8";
    }
    return e instanceof AccessDeniedException ? "permission denied" : e.toString();
  }

  private void parse(String text) {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(false).build())
              .composeString(text);
    } catch (YamlEngineException e) {
      mistakes.add(notYaml(e));
      return;
    }
    root.ifPresent(node -> flatten("", node, 0));
  }

  /** Says where, but does not quote the line, which may hold a secret. */
  private String notYaml(YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      return at(marked.getProblemMark().get().getLine()) + ": not YAML: " + marked.getProblem();
    }
    return name + ": not YAML: " + e.getMessage().lines().findFirst().orElse("");
  }

  private String at(int line) {
    return name + ":" + (line + 1);
  }

  private String at(Node node) {
    return at(node.getStartMark().map(mark -> mark.getLine()).orElse(0));
  }

  private void flatten(String key, Node node, int depth) {
    if (depth > DEEPEST) {
      mistakes.add(at(node) + ": nested deeper than " + DEEPEST);
    } else if (branchKeys.contains(key)) {
      putOnce(branches, key, new Branch(name, node), node);
    } else if (node instanceof MappingNode map) {
      flattenMap(key, map, depth);
    } else if (key.isEmpty()) {
      mistakes.add(at(node) + ": expected keys and values");
    } else if (node instanceof SequenceNode list) {
      put(key, items(key, list), node);
    } else if (node instanceof ScalarNode scalar) {
      put(key, text(scalar), node);
    }
  }

  private void flattenMap(String prefix, MappingNode map, int depth) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      String part = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String key = prefix.isEmpty() ? part : prefix + "." + part;
      if (!seen.add(part)) {
        mistakes.add(at(entry.getKeyNode()) + ": " + key + ": stands twice; keep one");
      } else {
        flatten(key, entry.getValueNode(), depth + 1);
      }
    }
  }

  private String items(String key, SequenceNode list) {
    List<String> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar) {
        items.add(text(scalar));
      } else {
        mistakes.add(at(item) + ": " + key + ": a list of plain values is expected");
      }
    }
    return String.join(";", items);
  }

  private static String text(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
  }

  private void put(String key, String value, Node node) {
    putOnce(settings, key, new Setting(value, at(node)), node);
  }

  private <T> void putOnce(Map<String, T> values, String key, T value, Node node) {
    if (values.put(key, value) != null) {
      mistakes.add(at(node) + ": " + key + ": stands twice; keep one");
    }
  }
}
