package dev.thalweg.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Puts the lines of a CSV file together to records, which go on over a line end within quotes. A
 * quote that never closes spoils its own line only: the lines after it are read anew.
 */
final class CsvRecords implements Closeable {

  private final LineReader lines;
  private final int limit;
  private final Deque<Line> readAhead = new ArrayDeque<>();
  private final CsvQuotes quotes = new CsvQuotes();

  CsvRecords(LineReader lines, int limit) {
    this.lines = lines;
    this.limit = limit;
  }

  /** The next record; null at the end. */
  Line next() throws IOException {
    Line first = nextLine();
    if (first == null || first.tooLong()) {
      return first;
    }
    quotes.reset();
    quotes.read(first.bytes());
    if (!quotes.open()) {
      return first.withoutCarriageReturn();
    }
    List<Line> record = new ArrayList<>(List.of(first));
    long length = first.length();
    while (quotes.open()) {
      Line more = nextLine();
      if (more == null || more.tooLong() || length + 1 + more.length() > limit) {
        if (more != null) {
          readAhead.addFirst(more);
        }
        return onlyFirst(record);
      }
      record.add(more);
      length += 1 + more.length();
      quotes.read(more.bytes());
    }
    return joined(record, (int) length).withoutCarriageReturn();
  }

  private Line nextLine() throws IOException {
    return readAhead.isEmpty() ? lines.next() : readAhead.removeFirst();
  }

  private Line onlyFirst(List<Line> record) {
    for (int i = record.size() - 1; i > 0; i--) {
      readAhead.addFirst(record.get(i));
    }
    return record.get(0).withoutCarriageReturn();
  }

  private static Line joined(List<Line> record, int length) {
    byte[] bytes = Arrays.copyOf(record.get(0).bytes(), length);
    int at = record.get(0).bytes().length;
    for (Line line : record.subList(1, record.size())) {
      bytes[at++] = '\n';
      System.arraycopy(line.bytes(), 0, bytes, at, line.bytes().length);
      at += line.bytes().length;
    }
    return new Line(record.get(0).number(), bytes, length);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
