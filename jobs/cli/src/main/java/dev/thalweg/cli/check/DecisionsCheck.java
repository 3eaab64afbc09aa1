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

/** Compares the newest decision on each experiment with what it must be. */
public final class DecisionsCheck {
  private static final String NEWEST =
      "select distinct on (experiment) experiment, decision, coalesce(variant, ''), status from %1$s.experiment_decisions join %1$s.experiment_health using (experiment, phase) order by experiment, phase desc, decided_at desc";

  private final PostgresAddress postgres;
  private final String schema;
  private final Map<String, Required> required;

  /**
   * A decision.
   *
   * @param decision such as {@code ship}
   * @param variant which it is about; empty for none in particular
   * @param status what the status of the experiment's health must mention; empty for anything
   */
  public record Required(String decision, String variant, String status) {
    private boolean isMetBy(Required found) {
      return found != null
          && decision.equals(found.decision)
          && variant.equals(found.variant)
          && found.status.contains(status);
    }

    @Override
    public String toString() {
      String what = variant.isEmpty() ? decision : decision + " " + variant;
      return status.isEmpty() ? what : what + " while " + status;
    }
  }

  /** Compares that database; {@code required} is by experiment. */
  public DecisionsCheck(PostgresAddress postgres, String schema, Map<String, Required> required) {
    this.postgres = postgres;
    this.schema = schema;
    this.required = new TreeMap<>(required);
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
    Map<String, Required> found = read();
    List<String> differences = new ArrayList<>();
    required.forEach(
        (experiment, decision) -> {
          if (!decision.isMetBy(found.get(experiment))) {
            differences.add(
                "decision on %s: expected %s, found %s"
                    .formatted(experiment, decision, found.get(experiment)));
          }
        });
    return differences;
  }

  private Map<String, Required> read() throws SQLException {
    Map<String, Required> found = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEWEST.formatted(schema))) {
      while (rows.next()) {
        found.put(
            rows.getString(1),
            new Required(rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    }
    return found;
  }
}
