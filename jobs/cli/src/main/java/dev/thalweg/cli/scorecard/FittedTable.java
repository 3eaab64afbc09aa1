package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that becomes several below each other where it is too wide, each with the first column.
 */
final class FittedTable {
  private final int texts;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table whose first columns hold text, and the others numbers. */
  FittedTable(int texts, List<String> headings) {
    this.texts = texts;
    this.headings = List.copyOf(headings);
  }

  FittedTable row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Lines of at most that length, unless one column with the first is longer. */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    int from = 1;
    while (from < headings.size()) {
      int to = headings.size();
      while (to > from + 1 && longest(part(from, to)) > width) {
        to--;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(part(from, to));
      from = to;
    }
    return lines;
  }

  private static int longest(List<String> lines) {
    return lines.stream().mapToInt(String::length).max().orElse(0);
  }

  private List<String> part(int from, int to) {
    TextTable table = new TextTable(cells(headings, from, to));
    for (int column = from; column < to; column++) {
      if (column >= texts) {
        table.alignRight(column - from + 1);
      }
    }
    rows.forEach(row -> table.row(cells(row, from, to)));
    return table.lines();
  }

  private static List<String> cells(List<String> row, int from, int to) {
    List<String> cells = new ArrayList<>();
    cells.add(row.get(0));
    cells.addAll(row.subList(from, to));
    return cells;
  }
}
