package dev.thalweg.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.check.DecisionsCheck.Required;
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

class DecisionsCheckTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private PostgresConfig where;

  @BeforeEach
  void publish() throws SQLException {
    where = POSTGRES.newSchema();
    health("new_checkout", "ok");
    health("search_ranking", "sample_ratio_mismatch: schema_violation refused 9 exposures");
    decision("new_checkout", "10:00", "continue", "null");
    decision("new_checkout", "12:00", "ship", "'treatment'");
    decision("search_ranking", "11:00", "review", "null");
  }

  private void health(String experiment, String status) throws SQLException {
    write(
        "insert into experiment_health values ('%s', 1, 2, 1, 1, 0, 0, 0, 0, '%s', null, 1)"
            .formatted(experiment, status));
  }

  private void decision(String experiment, String time, String decision, String variant)
      throws SQLException {
    write(
        "insert into experiment_decisions values ('%s', 1, '2026-11-01T%sZ', '%s', %s, 'why', '{}', 0)"
            .formatted(experiment, time, decision, variant));
  }

  private void write(String sql) throws SQLException {
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> differences(Map<String, Required> required) throws SQLException {
    return new DecisionsCheck(PostgresAddress.parse(where.url()), where.schema(), required)
        .await(Duration.ZERO);
  }

  @Test
  void newestDecisionsCount() throws SQLException {
    assertThat(
            differences(
                Map.of(
                    "new_checkout",
                    new Required("ship", "treatment", ""),
                    "search_ranking",
                    new Required("review", "", "schema_violation"))))
        .isEmpty();
  }

  @Test
  void tellsOtherDecisionsOtherCausesAndNone() throws SQLException {
    assertThat(
            differences(
                Map.of(
                    "new_checkout",
                    new Required("continue", "", ""),
                    "search_ranking",
                    new Required("review", "", "rule_violation"),
                    "unheard_of",
                    new Required("ship", "treatment", ""))))
        .containsExactly(
            "decision on new_checkout: expected continue, found ship treatment while ok",
            "decision on search_ranking: expected review while rule_violation, found review while sample_ratio_mismatch: schema_violation refused 9 exposures",
            "decision on unheard_of: expected ship treatment, found null");
  }
}
