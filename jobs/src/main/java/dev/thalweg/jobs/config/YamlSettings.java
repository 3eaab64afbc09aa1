package dev.thalweg.jobs.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a YAML file of nested maps as settings with dotted keys, each knowing its line. */
final class YamlSettings {
  private final String name;
  private final List<String> mistakes;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(String name, List<String> mistakes) {
    this.name = name;
    this.mistakes = mistakes;
  }

  /** The settings of that file; what is wrong with it is added to {@code mistakes}. */
  static Map<String, Setting> read(Path file, List<String> mistakes) {
    YamlSettings yaml = new YamlSettings(file.toString(), mistakes);
    try {
      yaml.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      mistakes.add(
          file + ": cannot be read: " + (Files.exists(file) ? "not a text file" : "no such file"));
    }
    return yaml.settings;
  }

  private void parse(String text) {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(false).build())
              .composeString(text);
    } catch (YamlEngineException e) {
      mistakes.add(
          name
              + ": not YAML: "
              + e.getMessage().lines().map(String::trim).reduce((a, b) -> a + " " + b).orElse(""));
      return;
    }
    root.ifPresent(node -> flatten("", node));
  }

  private void flatten(String key, Node node) {
    if (node instanceof MappingNode map) {
      map.getValue().forEach(entry -> flattenEntry(key, entry));
    } else if (key.isEmpty()) {
      mistakes.add(name + ": expected keys and values");
    } else if (node instanceof SequenceNode list) {
      List<String> items = new ArrayList<>();
      list.getValue()
          .forEach(item -> items.add(item instanceof ScalarNode scalar ? scalar.getValue() : ""));
      put(key, String.join(";", items), node);
    } else if (node instanceof ScalarNode scalar) {
      put(key, scalar.getValue(), node);
    }
  }

  private void flattenEntry(String prefix, NodeTuple entry) {
    String part = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    flatten(prefix.isEmpty() ? part : prefix + "." + part, entry.getValueNode());
  }

  private void put(String key, String value, Node node) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    if (settings.put(key, new Setting(value, name + ":" + line)) != null) {
      mistakes.add(name + ":" + line + ": " + key + " stands twice; keep one");
    }
  }
}
