package dev.thalweg.jobs.postgres;

import dev.thalweg.operators.metrics.ViewRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.function.ToLongFunction;

/**
 * A table of views.
 *
 * @param name of the table
 * @param rows what it holds
 * @param key the order of its keys
 * @param start the column that says when a row's window, session or cohort begins; null where rows
 *     stay for ever
 * @param startOf the same of a row, in epoch milliseconds
 * @param upsert inserts a row, or replaces one that is not newer
 * @param binding sets the parameters of {@code upsert}
 */
record ViewTable<R extends ViewRow>(
    String name,
    Class<R> rows,
    Comparator<R> key,
    String start,
    ToLongFunction<R> startOf,
    String upsert,
    Binding<R> binding) {

  /** Sets the parameters of a row. */
  interface Binding<R> {
    void bind(PreparedStatement statement, R row, long version) throws SQLException;
  }

  /** One whose rows stay for ever. */
  static <R extends ViewRow> ViewTable<R> lasting(
      String name, Class<R> rows, Comparator<R> key, String upsert, Binding<R> binding) {
    return new ViewTable<>(name, rows, key, null, row -> Long.MIN_VALUE, upsert, binding);
  }

  /** A time as columns take it. */
  static OffsetDateTime timestamp(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
  }

  /** Removes some of the rows that begin before a time; those that somebody holds are passed by. */
  String expire() {
    return """
        delete from only %1$s where ctid = any (array(
          select ctid from only %1$s where %2$s < ? limit ? for update skip locked))
        """
        .formatted(name, start);
  }
}
