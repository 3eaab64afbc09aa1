package dev.thalweg.cli.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Turns the YAML of the topics into declarations, and keeps account of everything that is wrong.
 */
final class TopicsReader {

  private static final Set<String> KEYS =
      Set.of(
          "partitions", "replication", "cleanup", "retention", "max-message-bytes", "timestamps");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*");
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
  private static final Map<String, Duration> UNITS_OF_TIME =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Integer> UNITS_OF_SIZE =
      Map.of("B", 1, "KiB", 1024, "MiB", 1024 * 1024);
  private static final int MOST_PARTITIONS = 10_000;
  private static final int MOST_REPLICAS = 9;

  private final String label;
  private final List<String> problems = new ArrayList<>();

  TopicsReader(String label) {
    this.label = label;
  }

  List<String> problems() {
    return problems;
  }

  List<TopicDeclaration> read(Optional<Node> document) {
    if (document.isEmpty()) {
      problems.add(label + ": is empty; write `topics:` with one entry per topic");
      return List.of();
    }
    Map<String, Node> sections = entries(document.get(), Set.of("defaults", "topics"));
    Map<String, Node> defaults =
        sections.containsKey("defaults") ? entries(sections.get("defaults"), KEYS) : Map.of();
    List<TopicDeclaration> topics = new ArrayList<>();
    if (!sections.containsKey("topics")) {
      problems.add(label + ": has no `topics`; write one entry per topic below it");
      return topics;
    }
    entries(sections.get("topics"), Set.of())
        .forEach((name, node) -> topics.add(topic(name, node, defaults)));
    return topics;
  }

  private TopicDeclaration topic(String name, Node node, Map<String, Node> defaults) {
    if (!NAME.matcher(name).matches()) {
      problem(
          node, "topic '" + name + "': use lower-case letters, digits and -, parts joined by .");
    }
    Map<String, Node> values = new LinkedHashMap<>(defaults);
    if (!(node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
      values.putAll(entries(node, KEYS));
    }
    value(
        values,
        "timestamps",
        "LogAppendTime",
        "LogAppendTime",
        text -> choice(text, "LogAppendTime"));
    return new TopicDeclaration(
        name,
        value(
            values,
            "partitions",
            1,
            "a number from 1 to 10000",
            text -> number(text, MOST_PARTITIONS)),
        value(values, "replication", 1, "a number from 1 to 9", text -> number(text, MOST_REPLICAS))
            .shortValue(),
        value(values, "cleanup", Cleanup.DELETE, "delete or compact", TopicsReader::cleanup),
        value(
            values,
            "retention",
            Optional.empty(),
            "a duration like 7d, or forever",
            TopicsReader::retention),
        value(
            values,
            "max-message-bytes",
            1024 * 1024,
            "a size like 512KiB or 8MiB",
            TopicsReader::size));
  }

  private <T> T value(
      Map<String, Node> values,
      String key,
      T byDefault,
      String allowed,
      Function<String, Optional<T>> parse) {
    Node node = values.get(key);
    if (node == null) {
      return byDefault;
    }
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "a " + node.getNodeType();
    Optional<T> value = parse.apply(text);
    if (value.isEmpty()) {
      problem(node, key + ": '" + text + "' is not " + allowed);
    }
    return value.orElse(byDefault);
  }

  /** The entries of a mapping; with {@code allowed} empty any key will do. */
  private Map<String, Node> entries(Node node, Set<String> allowed) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "expected `key: value` pairs");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!allowed.isEmpty() && !allowed.contains(key)) {
        problem(
            tuple.getKeyNode(),
            "unknown key '"
                + key
                + "', allowed: "
                + String.join(", ", allowed.stream().sorted().toList()));
      } else if (entries.put(key, tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), "'" + key + "' is there twice");
      }
    }
    return entries;
  }

  private void problem(Node node, String text) {
    String line =
        node.getStartMark().map(Mark::getLine).map(number -> ":" + (number + 1)).orElse("");
    String problem = label + line + ": " + text;
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private static Optional<String> choice(String text, String only) {
    return text.equals(only) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Integer> number(String text, int most) {
    return text.matches("\\d{1,6}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= most
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private static Optional<Cleanup> cleanup(String text) {
    for (Cleanup cleanup : Cleanup.values()) {
      if (cleanup.policy().equals(text)) {
        return Optional.of(cleanup);
      }
    }
    return Optional.empty();
  }

  private static Optional<Optional<Duration>> retention(String text) {
    if (text.equals("forever")) {
      return Optional.of(Optional.empty());
    }
    Matcher amount = AMOUNT.matcher(text);
    return amount.matches() && UNITS_OF_TIME.containsKey(amount.group(2))
        ? Optional.of(
            Optional.of(
                UNITS_OF_TIME.get(amount.group(2)).multipliedBy(Long.parseLong(amount.group(1)))))
        : Optional.empty();
  }

  private static Optional<Integer> size(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches() || !UNITS_OF_SIZE.containsKey(amount.group(2))) {
      return Optional.empty();
    }
    long bytes = Long.parseLong(amount.group(1)) * UNITS_OF_SIZE.get(amount.group(2));
    return bytes > 0 && bytes <= Integer.MAX_VALUE ? Optional.of((int) bytes) : Optional.empty();
  }
}
