package dev.thalweg.cli.report;

import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.report.ViewsSnapshot.DeadLetters;
import dev.thalweg.cli.report.ViewsSnapshot.JobLedger;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads the views. */
final class SnapshotReader {
  /** A window begins before its events, so that the newest event is at least as new. */
  private static final String NEWEST_EVENT =
      """
      select greatest(
        (select max(session_end) from sessions),
        (select max(window_start) from metric_values where events > 0),
        (select max(window_start) from funnels where users > 0),
        (select max(cohort_start)::timestamp at time zone ? from retention where cohort_users > 0))
      """;

  private static final String LEDGERS =
      """
      select job, topic, count(*), sum(consumed), sum(accepted), sum(duplicate), sum(late), sum(dead_letter),
        bool_and(consumed = accepted + duplicate + late + dead_letter), max(as_of)
      from ledger group by job, topic order by job, topic limit 50
      """;

  private static final String DEAD_LETTERS =
      """
      select failure, stage, event_type, events from dead_letter_counts
      where events > 0 order by events desc, failure, stage, event_type limit 200
      """;

  private SnapshotReader() {}

  static ViewsSnapshot read(PostgresAddress postgres, String schema, ZoneId zone)
      throws SQLException {
    try (ViewQueries queries = ViewQueries.open(postgres, schema)) {
      return new ViewsSnapshot(
          schema,
          zone,
          queries
              .list(
                  NEWEST_EVENT, row -> Optional.ofNullable(ViewQueries.time(row, 1)), zone.getId())
              .get(0),
          ledgers(queries),
          new MetricReader(queries).read(),
          new FunnelReader(queries).read(),
          new RetentionReader(queries).read(),
          new SessionReader(queries).read(),
          deadLetters(queries));
    }
  }

  private static List<JobLedger> ledgers(ViewQueries queries) throws SQLException {
    return queries.list(
        LEDGERS,
        row -> {
          LedgerRow counts =
              new LedgerRow(
                  row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8));
          Optional<Instant> asOf = Optional.ofNullable(ViewQueries.time(row, 10));
          return new JobLedger(
              row.getString(1), row.getString(2), row.getInt(3), counts, row.getBoolean(9), asOf);
        });
  }

  private static List<DeadLetters> deadLetters(ViewQueries queries) throws SQLException {
    return queries.list(
        DEAD_LETTERS,
        row ->
            new DeadLetters(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
  }
}
