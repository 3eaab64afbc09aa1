package dev.thalweg.jobs.postgres;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.ledger.PartitionCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the ledger and the dead-letter counts to PostgreSQL, both in one transaction. A row's
 * version is the run epoch times 2^40 plus the events applied to the row; rows of earlier runs that
 * this one does not know are removed.
 */
public final class PostgresLedger implements LedgerPublisher {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);

  private static final long CLOSE_MILLIS = 10_000;

  private static final String UPSERT_LEDGER =
      """
      insert into ledger (job, topic, partition, consumed, accepted, duplicate, late, dead_letter, as_of, version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (job, topic, partition) do update set
        consumed = excluded.consumed, accepted = excluded.accepted, duplicate = excluded.duplicate, late = excluded.late,
        dead_letter = excluded.dead_letter, as_of = excluded.as_of, version = excluded.version
      where excluded.version >= ledger.version
      """;

  private static final String UPSERT_CAUSE =
      """
      insert into dead_letter_counts (failure, stage, event_type, events, version) values (?, ?, ?, ?, ?)
      on conflict (failure, stage, event_type) do update set events = excluded.events, version = excluded.version
      where excluded.version >= dead_letter_counts.version
      """;

  private static final String REMOVE_LEDGER = "delete from ledger where job = ? and version < ?";
  private static final String REMOVE_CAUSES =
      "delete from dead_letter_counts where stage = any (?) and version < ?";

  private final PostgresConfig postgres;
  private final String job;
  private final RunEpoch epoch;
  private final String[] stages;

  private transient LatestWriter<List<LedgerEntry>> writer;
  private transient volatile Connection current;

  /**
   * A publisher.
   *
   * @param job name of the job in the rows
   * @param epoch the run's epoch
   * @param stages the stages of this job that make dead letters
   */
  public PostgresLedger(PostgresConfig postgres, String job, long epoch, List<String> stages) {
    this.postgres = Objects.requireNonNull(postgres, "postgres");
    this.job = Objects.requireNonNull(job, "job");
    this.epoch = new RunEpoch(epoch);
    this.stages = stages.toArray(String[]::new);
  }

  @Override
  public void open() {
    writer = new LatestWriter<>("publish ledger of " + job, this::write);
  }

  @Override
  public void publish(List<LedgerEntry> totals) {
    writer.offer(totals);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close(CLOSE_MILLIS, this::abort);
      writer = null;
    }
  }

  /** Breaks off what waits for the database. */
  private void abort() {
    Connection writing = current;
    if (writing != null) {
      try {
        writing.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("connection could not be aborted", e);
      }
    }
  }

  private void write(List<LedgerEntry> totals) throws SQLException {
    // Sorted, so that two writers take locks in the same order.
    Comparator<LedgerEntry> order =
        Comparator.comparing(LedgerEntry::topic)
            .thenComparing(LedgerEntry::partition)
            .thenComparing(LedgerEntry::failure)
            .thenComparing(LedgerEntry::stage)
            .thenComparing(LedgerEntry::eventType);
    List<LedgerEntry> sorted = totals.stream().sorted(order).toList();
    try (Connection connection = postgres.connect()) {
      current = connection;
      connection.setAutoCommit(false);
      upsertPartitions(connection, sorted);
      upsertCauses(connection, sorted);
      removeEarlier(connection);
      connection.commit();
    } finally {
      current = null;
    }
    LOG.debug("published {} rows", sorted.size());
  }

  private void upsertPartitions(Connection connection, List<LedgerEntry> entries)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT_LEDGER)) {
      for (LedgerEntry entry : entries) {
        if (entry.isPartition()) {
          PartitionCounts counts = entry.counts();
          upsert.setString(1, job);
          upsert.setString(2, entry.topic());
          upsert.setInt(3, entry.partition());
          upsert.setLong(4, counts.decided());
          upsert.setLong(5, counts.accepted());
          upsert.setLong(6, counts.duplicate());
          upsert.setLong(7, counts.late());
          upsert.setLong(8, counts.deadLetter());
          upsert.setObject(9, timestamp(counts.asOf()));
          upsert.setLong(10, epoch.version(counts.decided()));
          upsert.addBatch();
        }
      }
      upsert.executeBatch();
    }
  }

  private static OffsetDateTime timestamp(long epochMillis) {
    return epochMillis == Long.MIN_VALUE
        ? null
        : Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
  }

  private void upsertCauses(Connection connection, List<LedgerEntry> entries) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT_CAUSE)) {
      for (LedgerEntry entry : entries) {
        if (!entry.isPartition()) {
          upsert.setString(1, entry.failure());
          upsert.setString(2, entry.stage());
          upsert.setString(3, entry.eventType());
          upsert.setLong(4, entry.counts().deadLetter());
          upsert.setLong(5, epoch.version(entry.counts().deadLetter()));
          upsert.addBatch();
        }
      }
      upsert.executeBatch();
    }
  }

  private void removeEarlier(Connection connection) throws SQLException {
    try (PreparedStatement ledger = connection.prepareStatement(REMOVE_LEDGER);
        PreparedStatement causes = connection.prepareStatement(REMOVE_CAUSES)) {
      ledger.setString(1, job);
      ledger.setLong(2, epoch.version(0));
      ledger.executeUpdate();
      causes.setArray(1, connection.createArrayOf("text", stages));
      causes.setLong(2, epoch.version(0));
      causes.executeUpdate();
    }
  }
}
