package dev.thalweg.cli.mapping;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with a file, so that all of it is told at once. */
final class Problems {

  private record Problem(int line, String text) {}

  private final List<Problem> found = new ArrayList<>();

  void add(int line, String key, String reason) {
    found.add(
        new Problem(line, "line " + line + ": " + (key.isEmpty() ? "" : key + ": ") + reason));
  }

  void add(Node node, String key, String reason) {
    add(line(node), key, reason);
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** Throws if anything was found. */
  void raise(String file) {
    if (!found.isEmpty()) {
      throw new MappingException(
          file,
          found.stream()
              .sorted((left, right) -> Integer.compare(left.line(), right.line()))
              .map(Problem::text)
              .toList());
    }
  }
}
