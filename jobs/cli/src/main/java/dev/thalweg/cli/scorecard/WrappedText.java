package dev.thalweg.cli.scorecard;

import java.util.ArrayList;
import java.util.List;

/** Text over as many lines as it needs. */
final class WrappedText {
  private WrappedText() {}

  /** Lines of at most that length, all but the first indented; words that are longer are cut. */
  static List<String> lines(String text, int width, int indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean isBegun = false;
    for (String word : text.strip().split("\\s+", -1)) {
      String rest = word;
      if (isBegun && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        isBegun = false;
      }
      line.append(isBegun ? " " : "");
      while (line.length() + rest.length() > width) {
        int room = width - line.length();
        lines.add(line + rest.substring(0, room));
        rest = rest.substring(room);
        line = new StringBuilder(" ".repeat(indent));
      }
      line.append(rest);
      isBegun = true;
    }
    lines.add(line.toString());
    return lines;
  }
}
