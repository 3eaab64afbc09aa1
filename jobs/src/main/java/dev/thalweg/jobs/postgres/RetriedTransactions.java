package dev.thalweg.jobs.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what can be done twice in transactions, again and again until it succeeds: a database that
 * restarts and a table that is locked only delay. Not thread safe.
 */
final class RetriedTransactions implements AutoCloseable {
  /** What is done; may be done again after it failed or its connection was lost. */
  interface Work {
    void run(Connection connection) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RetriedTransactions.class);

  /**
   * Beginnings of the states that do not go away by themselves: wrong data, a broken constraint, a
   * table that is not there or not ours.
   */
  private static final Set<String> LASTING = Set.of("22", "23", "42");

  /**
   * The server gives up waiting before the client does, or each attempt would leave one waiting.
   */
  private static final String SHORT_LOCKS = "set local lock_timeout = '3s'";

  private final PostgresConfig postgres;
  private final Duration patience;
  private final Counter failed;
  private Connection connection;

  /**
   * For one database.
   *
   * @param patience how long something may go on failing
   * @param failed counts attempts that failed
   */
  RetriedTransactions(PostgresConfig postgres, Duration patience, Counter failed) {
    this.postgres = postgres;
    this.patience = patience;
    this.failed = failed;
  }

  /**
   * Does it in one transaction.
   *
   * @throws IOException if it cannot be done, or not for as long as patience goes
   */
  void run(Work work) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    RetryPauses pauses = new RetryPauses();
    while (true) {
      try {
        attempt(work);
        return;
      } catch (SQLException e) {
        failed.inc();
        close();
        giveUpOrLog(e, begin);
      }
      pauses.pause();
    }
  }

  private void attempt(Work work) throws SQLException {
    if (connection == null) {
      connection = postgres.connect();
      connection.setAutoCommit(false);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(SHORT_LOCKS);
    }
    work.run(connection);
    connection.commit();
  }

  private void giveUpOrLog(SQLException e, long begin) throws IOException {
    String state = e.getSQLState();
    if (state != null && state.length() == 5 && LASTING.contains(state.substring(0, 2))) {
      throw new IOException("the views cannot be written: " + e.getMessage(), e);
    }
    if (System.nanoTime() - begin > patience.toNanos()) {
      throw new IOException(
          "the views could not be written for %ds: %s"
              .formatted(patience.toSeconds(), e.getMessage()),
          e);
    }
    LOG.warn("The views wait for PostgreSQL: {}", e.getMessage());
  }

  /** Gives the connection back; the next work makes a new one. */
  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("connection could not be closed", e);
      }
      connection = null;
    }
  }
}
