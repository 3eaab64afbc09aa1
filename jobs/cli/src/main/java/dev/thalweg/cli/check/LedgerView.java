package dev.thalweg.cli.check;

import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of a job, and dead letters, as they are at one moment.
 *
 * @param partitions the ledger by partition
 * @param deadLetters dead letters by {@code failure/event_type}
 */
public record LedgerView(Map<Integer, LedgerRow> partitions, Map<String, Long> deadLetters) {
  /** Reads both in one transaction, as they are published; dead letters are those of all jobs. */
  public static LedgerView read(PostgresAddress postgres, String job) throws SQLException {
    Map<Integer, LedgerRow> partitions = new TreeMap<>();
    Map<String, Long> deadLetters = new TreeMap<>();
    try (Connection connection = postgres.connect();
        PreparedStatement ledger =
            connection.prepareStatement(
                "select partition, consumed, accepted, duplicate, late, dead_letter from views.ledger where job = ?");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      ledger.setString(1, job);
      try (ResultSet rows = ledger.executeQuery()) {
        while (rows.next()) {
          LedgerRow row =
              new LedgerRow(
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5),
                  rows.getLong(6));
          partitions.put(rows.getInt(1), row);
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select failure || '/' || event_type, sum(events) from views.dead_letter_counts group by 1")) {
        while (rows.next()) {
          deadLetters.put(rows.getString(1), rows.getLong(2));
        }
      }
      connection.commit();
    }
    return new LedgerView(partitions, deadLetters);
  }

  /** All partitions together. */
  public LedgerRow total() {
    return partitions.values().stream().reduce(LedgerRow.ZERO, LedgerRow::plus);
  }
}
