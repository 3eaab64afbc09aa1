package dev.thalweg.cli.report;

import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queries that all see the views at the same moment, and write nothing. */
public final class ViewQueries implements AutoCloseable {
  private final Connection connection;

  private ViewQueries(Connection connection) {
    this.connection = connection;
  }

  /** What a row says. */
  @FunctionalInterface
  public interface Reading<T> {
    /** The row as a value. */
    T read(ResultSet row) throws SQLException;
  }

  /** Connects; the caller closes it. */
  public static ViewQueries open(PostgresAddress postgres, String schema) throws SQLException {
    Connection connection = postgres.connect();
    try {
      connection.setSchema(schema);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return new ViewQueries(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** All rows of a query. */
  public <T> List<T> list(String sql, Reading<T> reading, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, value(parameters[i]));
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reading.read(row));
        }
      }
      return rows;
    }
  }

  /** The first row of a query. */
  <T> Optional<T> first(String sql, Reading<T> reading, Object... parameters) throws SQLException {
    return list(sql, reading, parameters).stream().findFirst();
  }

  /** A time, null where there is none. */
  public static Instant time(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private Object value(Object parameter) throws SQLException {
    if (parameter instanceof Instant time) {
      return time.atOffset(ZoneOffset.UTC);
    }
    return parameter instanceof String[] texts
        ? connection.createArrayOf("text", texts)
        : parameter;
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
