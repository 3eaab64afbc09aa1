package dev.thalweg.cli.input;

import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a CSV file with a header. A row with another number of values is not parsed. */
final class CsvRows implements Rows {

  private final CsvRecords records;
  private final CsvFields fields = new CsvFields();
  private final Map<String, Integer> columns = new HashMap<>();
  private long number;

  CsvRows(String file, LineReader lines, int limit, Mapping mapping) throws IOException {
    this.records = new CsvRecords(lines, limit);
    Line line = records.next();
    if (line == null || line.tooLong()) {
      throw new InputException(file + ": must begin with a line of column names");
    }
    List<String> header = fields.parse(line.bytes());
    if (header == null) {
      throw new InputException(file + ": its first line is no CSV header in UTF-8");
    }
    for (String column : header) {
      if (columns.putIfAbsent(column, columns.size()) != null) {
        throw new InputException(file + ": has two columns named '" + column + "'");
      }
    }
    mapping.check(file, header);
  }

  @Override
  public Line next() throws IOException {
    number++;
    return records.next();
  }

  @Override
  public Optional<Row> parse(Line line) {
    List<String> values = fields.parse(line.bytes());
    return values == null || values.size() != columns.size()
        ? Optional.empty()
        : Optional.of(new CsvRow(columns, values, line.bytes(), number, line.number()));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
