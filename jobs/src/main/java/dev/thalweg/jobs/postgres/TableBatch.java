package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.metrics.ViewRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rows of one table that wait to be written, one for each key: the newest. They are in the order of
 * their keys, so that two writers take locks in the same order.
 */
final class TableBatch<R extends ViewRow> {
  private final ViewTable<R> table;
  private final NavigableMap<R, R> rows;
  private long latestStart = Long.MIN_VALUE;

  TableBatch(ViewTable<R> table) {
    this.table = table;
    rows = new TreeMap<>(table.key());
  }

  ViewTable<R> table() {
    return table;
  }

  /** Adds a row; of two with one key and version the later stays. */
  void add(ViewRow row) {
    R added = table.rows().cast(row);
    rows.merge(added, added, (old, next) -> next.version() >= old.version() ? next : old);
    latestStart = Math.max(latestStart, table.startOf().applyAsLong(added));
  }

  int size() {
    return rows.size();
  }

  /** When the latest of all windows began that were ever added. */
  long latestStart() {
    return latestStart;
  }

  void clear() {
    rows.clear();
  }

  void write(Connection connection, RunEpoch epoch) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(table.upsert())) {
      for (R row : rows.values()) {
        table.binding().bind(upsert, row, epoch.version(row.version()));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }
}
