package dev.thalweg.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExperimentsCheckTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final Map<String, Long> REFUSED =
      Map.of("search_ranking treatment schema_violation", 3L);

  private PostgresConfig where;

  /** One unit in each arm of each; those of treatment buy, for 500. */
  @BeforeEach
  void publish() throws SQLException {
    where = POSTGRES.newSchema();
    for (String experiment : List.of("new_checkout", "search_ranking")) {
      row(experiment, "purchase", "control", 0);
      row(experiment, "purchase", "treatment", 1);
      row(experiment, "revenue", "control", 0);
      row(experiment, "revenue", "treatment", 500);
      write(
          "insert into experiment_health values ('%s', 1, 2, 1, 1, 0, 0, 0, 0, 'ok', null, 1)"
              .formatted(experiment));
    }
    write(
        "insert into experiment_exposure_drops values ('search_ranking', 1, 'treatment', 'schema_violation', 3, null, 1)");
  }

  private void row(String experiment, String metric, String variant, double total)
      throws SQLException {
    write(
        "insert into experiment_scorecards (experiment, phase, metric, variant, baseline, units, total, version) values ('%s', 1, '%s', '%s', 'control', 1, %s, 1)"
            .formatted(experiment, metric, variant, total));
  }

  private void write(String sql) throws SQLException {
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> differences(Map<String, Long> refused) throws SQLException {
    DemoEvents events = new DemoEvents();
    for (String experiment : List.of("new_checkout", "search_ranking")) {
      events.exposed(experiment, "control", "u1", 1).exposed(experiment, "treatment", "u2", 1);
    }
    ExperimentsTruth truth = events.reached("purchase", "u2", 2).ordered(500, "u2", 2).truth();
    return new ExperimentsCheck(PostgresAddress.parse(where.url()), where.schema(), truth, refused)
        .await(Duration.ZERO);
  }

  @Test
  void agreesWhereAllIsAsCounted() throws SQLException {
    assertThat(differences(REFUSED)).isEmpty();
  }

  @Test
  void tellsEachNumberThatDiffers() throws SQLException {
    write("update experiment_scorecards set total = total * (1 + 1e-8) where metric = 'revenue'");
    write("update experiment_health set srm_p_value = 0.9999 where experiment = 'new_checkout'");

    assertThat(differences(REFUSED))
        .containsExactly(
            "srm_p_value of new_checkout: expected 1.0, found 0.9999",
            "total of new_checkout revenue treatment: expected 500.0, found 500.000005",
            "total of search_ranking revenue treatment: expected 500.0, found 500.000005");
  }

  @Test
  void tellsWhatIsMissingAndWhatShouldNotBeThere() throws SQLException {
    write("delete from experiment_scorecards where experiment = 'new_checkout' and total = 1");

    assertThat(differences(Map.of()))
        .containsExactly(
            "exposures refused of search_ranking treatment schema_violation: expected null, found 3.0",
            "total of new_checkout purchase treatment: expected 1.0, found null",
            "units of new_checkout purchase treatment: expected 1.0, found null");
  }
}
