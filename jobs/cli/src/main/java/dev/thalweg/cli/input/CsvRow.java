package dev.thalweg.cli.input;

import dev.thalweg.cli.mapping.Row;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A row of a CSV file. Every value is text. */
record CsvRow(Map<String, Integer> columns, List<String> fields, byte[] raw, long number, long line)
    implements Row {

  @Override
  public String text(String column) {
    Integer position = columns.get(column);
    String text = position == null ? null : fields.get(position);
    return text == null || text.isEmpty() ? null : text;
  }

  @Override
  public Map<String, Object> values() {
    return new Values(columns, fields);
  }

  /** Looks values up where they are, as conditions read few of them. */
  private static final class Values extends AbstractMap<String, Object> {

    private final Map<String, Integer> columns;
    private final List<String> fields;

    Values(Map<String, Integer> columns, List<String> fields) {
      this.columns = columns;
      this.fields = fields;
    }

    @Override
    public Object get(Object column) {
      Integer position = columns.get(column);
      return position == null ? null : fields.get(position);
    }

    @Override
    public boolean containsKey(Object column) {
      return columns.containsKey(column);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return columns.keySet().stream()
          .collect(Collectors.toMap(Function.identity(), this::get))
          .entrySet();
    }
  }
}
