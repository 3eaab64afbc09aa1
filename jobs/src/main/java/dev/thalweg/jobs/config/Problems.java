package dev.thalweg.jobs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with a file, so that all of it is told at once. */
public final class Problems {

  private record Problem(int line, String text) {}

  private final List<Problem> found = new ArrayList<>();

  /** Notes a problem. */
  public void add(int line, String key, String reason) {
    found.add(new Problem(line, line + ": " + (key.isEmpty() ? "" : key + ": ") + reason));
  }

  /** Notes a problem at a node. */
  public void add(Node node, String key, String reason) {
    add(line(node), key, reason);
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** All that was found, in the order of the file; each begins with the prefix and its line. */
  public List<String> inOrder(String prefix) {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(problem -> prefix + problem.text())
        .toList();
  }
}
