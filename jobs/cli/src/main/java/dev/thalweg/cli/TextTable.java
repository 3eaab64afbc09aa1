package dev.thalweg.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings, in aligned columns; numbers to the right. */
public final class TextTable {

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] numeric;

  /** A table of these columns. */
  public TextTable(List<String> headings) {
    this.headings = List.copyOf(headings);
    this.numeric = new boolean[headings.size()];
  }

  /** A table of these columns. */
  public static TextTable of(String... headings) {
    return new TextTable(List.of(headings));
  }

  /** Aligns a column to the right. */
  public TextTable alignRight(int column) {
    numeric[column] = true;
    return this;
  }

  /** Adds a row of as many cells as there are headings. */
  public TextTable row(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + headings.size() + " columns");
    }
    rows.add(cells.stream().map(TextTable::visible).toList());
    return this;
  }

  /** Whether it has no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Adds a row of as many cells as there are headings. */
  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** How many columns it has. */
  public int columns() {
    return headings.size();
  }

  /** The same as CSV: a line of headings, then the rows. */
  public String csv() {
    StringWriter text = new StringWriter();
    // It holds back what it was given until it is closed.
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      writer.writeRecord(headings);
      rows.forEach(writer::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().stripTrailing();
  }

  /** The lines, headings first. */
  public List<String> lines() {
    int[] widths =
        IntStream.range(0, headings.size())
            .map(
                column ->
                    Math.max(
                        headings.get(column).length(),
                        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(headings, widths));
    lines.add(
        IntStream.of(widths)
            .mapToObj("-"::repeat)
            .collect(Collectors.joining("  "))
            .stripTrailing());
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines());
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            column -> {
              String padding = " ".repeat(widths[column] - cells.get(column).length());
              return numeric[column] ? padding + cells.get(column) : cells.get(column) + padding;
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String visible(String cell) {
    return cell.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }
}
