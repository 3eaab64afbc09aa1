package dev.thalweg.cli.postgres;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.jobs.Deployment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Numbers the runs of a job: what a later run writes goes before what an earlier one wrote. */
public record RunEpochs(PostgresAddress address, Deployment deployment) {

  private static final String LOCK = "select pg_advisory_xact_lock(hashtext(?))";
  private static final String NEXT =
      """
      insert into runs (job, epoch, from_savepoint, replay_from)
      select ?, coalesce(max(epoch), 0) + 1, ?, ? from runs where job = ?
      returning epoch
      """;
  private static final String LATEST = "select max(epoch) from runs where job = ?";

  /** Takes the next number, and keeps a record of the run. */
  public long next(String job, Optional<String> fromSavepoint, Optional<Instant> replayFrom) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
        lock.setString(1, deployment.schema() + ".runs/" + job);
        lock.execute();
      }
      try (PreparedStatement insert = connection.prepareStatement(NEXT)) {
        insert.setString(1, job);
        insert.setString(2, fromSavepoint.orElse(null));
        insert.setTimestamp(3, replayFrom.map(Timestamp::from).orElse(null));
        insert.setString(4, job);
        try (ResultSet row = insert.executeQuery()) {
          row.next();
          long epoch = row.getLong(1);
          connection.commit();
          return epoch;
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The number of the newest run; 0 when the job never ran. */
  public long latest(String job) {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(LATEST)) {
      select.setString(1, job);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = address.connect();
    try {
      connection.setSchema(deployment.schema());
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private CommandFailure failure(SQLException e) {
    return CommandFailure.failed(
        "PostgreSQL at %s: %s; is the stack up?".formatted(address, RootCause.of(e)), e);
  }
}
