package dev.thalweg.cli.check;

import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Compares the views in the database with what the committed events say. */
public final class ViewsCheck {
  private static final String EVENTS =
      "select (extract(epoch from window_start) * 1000)::bigint || ' ' || (dimensions ->> 'event_type'), value::bigint from views.metric_values where metric = 'events_per_10min'";
  private static final String SUBJECTS =
      "select (extract(epoch from window_start) * 1000)::bigint::text, value::bigint from views.metric_values where metric = 'users_per_hour'";
  private static final String SESSIONS =
      "select subject || ' ' || (extract(epoch from session_start) * 1000)::bigint || ' ' || (extract(epoch from session_end) * 1000)::bigint, events from views.sessions";

  private final PostgresAddress postgres;
  private final ViewsTruth truth;

  /** Compares that database, whose metrics job must have read exactly these events. */
  public ViewsCheck(PostgresAddress postgres, ViewsTruth truth) {
    this.postgres = postgres;
    this.truth = truth;
  }

  /** Every difference that is still there when {@code patience} is over; empty if there is none. */
  public List<String> await(Duration patience) throws SQLException {
    Waiting.until(this::agrees, patience);
    return differences();
  }

  private boolean agrees() {
    try {
      return differences().isEmpty();
    } catch (SQLException e) {
      // The database may be starting; the last look tells.
      return false;
    }
  }

  private List<String> differences() throws SQLException {
    RowComparison comparison = new RowComparison(postgres);
    compareLedger(LedgerView.read(postgres, "metrics"), comparison);
    comparison.compareCounts("events_per_10min", truth.eventsByWindow(), EVENTS);
    comparison.compareCounts("users_per_hour", truth.subjectsByHour(), SUBJECTS);
    comparison.compareCounts("sessions", truth.sessions(), SESSIONS);
    return comparison.differences();
  }

  private void compareLedger(LedgerView ledger, RowComparison comparison) {
    LedgerRow expected = new LedgerRow(truth.events(), truth.events(), 0, 0, 0);
    if (!ledger.total().equals(expected)) {
      comparison.note("ledger of metrics: expected " + expected + ", found " + ledger.total());
    }
  }
}
