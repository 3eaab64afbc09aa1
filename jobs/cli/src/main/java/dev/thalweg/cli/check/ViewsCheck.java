package dev.thalweg.cli.check;

import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the views in the database with what the committed events say. */
public final class ViewsCheck {
  private static final String EVENTS =
      "select (extract(epoch from window_start) * 1000)::bigint || ' ' || (dimensions ->> 'event_type'), value::bigint from views.metric_values where metric = 'events_per_10min'";
  private static final String SUBJECTS =
      "select (extract(epoch from window_start) * 1000)::bigint::text, value::bigint from views.metric_values where metric = 'users_per_hour'";
  private static final String SESSIONS =
      "select subject || ' ' || (extract(epoch from session_start) * 1000)::bigint || ' ' || (extract(epoch from session_end) * 1000)::bigint, events from views.sessions";
  private static final int SHOWN = 3;

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
    List<String> found = new ArrayList<>();
    compareLedger(LedgerView.read(postgres, "metrics"), found);
    compare("events_per_10min", truth.eventsByWindow(), EVENTS, found);
    compare("users_per_hour", truth.subjectsByHour(), SUBJECTS, found);
    compare("sessions", truth.sessions(), SESSIONS, found);
    return found;
  }

  private void compareLedger(LedgerView ledger, List<String> found) {
    LedgerRow expected = new LedgerRow(truth.events(), truth.events(), 0, 0, 0);
    if (!ledger.total().equals(expected)) {
      found.add("ledger of metrics: expected " + expected + ", found " + ledger.total());
    }
  }

  private void compare(String what, Map<String, Long> expected, String query, List<String> found)
      throws SQLException {
    Map<String, Long> shown = read(query);
    Map<String, Long> keys = new TreeMap<>(expected);
    keys.putAll(shown);
    List<String> wrong =
        keys.keySet().stream()
            .filter(key -> !expected.getOrDefault(key, 0L).equals(shown.getOrDefault(key, 0L)))
            .toList();
    if (!wrong.isEmpty()) {
      List<String> examples =
          wrong.stream()
              .limit(SHOWN)
              .map(
                  key ->
                      "%s: expected %d, found %d"
                          .formatted(
                              key, expected.getOrDefault(key, 0L), shown.getOrDefault(key, 0L)))
              .toList();
      found.add("%s: %d rows differ, such as %s".formatted(what, wrong.size(), examples));
    }
  }

  private Map<String, Long> read(String query) throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.put(found.getString(1), found.getLong(2));
      }
    }
    return rows;
  }
}
