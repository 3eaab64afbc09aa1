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
import java.util.TreeSet;

/** Compares scorecards and health in the database with what the committed events say. */
public final class ExperimentsCheck {
  private static final String SCORECARDS =
      "select experiment || ' ' || metric || ' ' || variant, units, total from %s.experiment_scorecards";
  private static final String HEALTH =
      "select experiment, units, srm_p_value, units_in_several_variants, outcomes_before_exposure, units_with_outcome_never_exposed, invalid_exposures from %s.experiment_health";
  private static final String DROPS =
      "select experiment || ' ' || variant || ' ' || failure, events from %s.experiment_exposure_drops";
  private static final List<String> HEALTH_COLUMNS =
      List.of(
          "units",
          "srm_p_value",
          "units_in_several_variants",
          "outcomes_before_exposure",
          "units_with_outcome_never_exposed",
          "invalid_exposures");
  private static final double TOLERANCE = 1e-9;

  private final PostgresAddress postgres;
  private final String schema;
  private final Map<String, Double> expected = new TreeMap<>();

  /**
   * Compares that database, whose experiments job must have read exactly these events, and each
   * experiment in one phase.
   *
   * @param refused exposures that became dead letters, by experiment, variant and failure, blanks
   *     between
   */
  public ExperimentsCheck(
      PostgresAddress postgres, String schema, ExperimentsTruth truth, Map<String, Long> refused) {
    this.postgres = postgres;
    this.schema = schema;
    truth.experiments().forEach(this::expect);
    refused.forEach(
        (cause, events) -> expected.put("exposures refused of " + cause, (double) events));
  }

  private void expect(String experiment, ExperimentTruth truth) {
    truth
        .arms()
        .forEach(
            (arm, counts) -> {
              expected.put(units(experiment + " " + arm), (double) counts.units());
              expected.put(total(experiment + " " + arm), counts.total());
            });
    ExperimentTruth.Health health = truth.health();
    double[] values = {
      health.units(),
      health.sampleRatio(),
      health.unitsInSeveralVariants(),
      health.outcomesBefore(),
      health.unitsNeverExposed(),
      health.invalidExposures()
    };
    for (int i = 0; i < values.length; i++) {
      expected.put(HEALTH_COLUMNS.get(i) + " of " + experiment, values[i]);
    }
  }

  private static String units(String arm) {
    return "units of " + arm;
  }

  private static String total(String arm) {
    return "total of " + arm;
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
    Map<String, Double> found = read();
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      if (!isSame(expected.get(key), found.get(key))) {
        differences.add(
            "%s: expected %s, found %s".formatted(key, expected.get(key), found.get(key)));
      }
    }
    return differences;
  }

  private static boolean isSame(Double one, Double other) {
    if (one == null || other == null) {
      return false;
    }
    return Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }

  private Map<String, Double> read() throws SQLException {
    Map<String, Double> found = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(SCORECARDS.formatted(schema))) {
        while (rows.next()) {
          found.put(units(rows.getString(1)), rows.getDouble(2));
          found.put(total(rows.getString(1)), rows.getDouble(3));
        }
      }
      try (ResultSet rows = statement.executeQuery(HEALTH.formatted(schema))) {
        while (rows.next()) {
          for (int i = 0; i < HEALTH_COLUMNS.size(); i++) {
            found.put(HEALTH_COLUMNS.get(i) + " of " + rows.getString(1), rows.getDouble(i + 2));
          }
        }
      }
      try (ResultSet rows = statement.executeQuery(DROPS.formatted(schema))) {
        while (rows.next()) {
          found.put("exposures refused of " + rows.getString(1), rows.getDouble(2));
        }
      }
    }
    return found;
  }
}
