package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A schema that is in use gets the tables of experiments. */
final class ExperimentsMigrationTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final List<String> ROWS =
      List.of(
          "insert into runs (job, epoch) values ('metrics', 3)",
          "insert into ledger values ('metrics', 't', 0, 4, 1, 1, 1, 1, now(), 5)",
          "insert into dead_letter_counts values ('unreadable', 'decode', 'unknown', 2, 2)",
          "insert into metric_values values ('m', '{}', now(), now(), 1, 1, 1)",
          "insert into session_values values ('s', '{}', now(), now(), 1, 1, 1)",
          "insert into session_rows values ('u', now(), now(), 1, '{}', false, 1)",
          "insert into funnels values ('f', now(), 1, 'view', 1, 1)",
          "insert into retention_rows values ('r', '2026-11-01', 'D1', 2, 1, 1)");

  @Test
  void rowsOfOtherTablesStay() throws Exception {
    PostgresConfig where = POSTGRES.newSchemaAt("4");
    assertThat(tables(where)).isEmpty();
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      for (String row : ROWS) {
        statement.execute(row);
      }
    }
    POSTGRES.migrate(where);
    for (String table : List.of("runs", "ledger", "dead_letter_counts", "sessions", "funnels")) {
      assertThat(PostgresServer.query(where, "select * from " + table)).as(table).hasSize(1);
    }
    assertThat(PostgresServer.query(where, "select * from metric_values")).hasSize(2);
    assertThat(PostgresServer.query(where, "select * from retention")).hasSize(1);
    assertThat(tables(where))
        .containsExactly(
            "experiment_decisions",
            "experiment_exposure_drops",
            "experiment_health",
            "experiment_promotions",
            "experiment_scorecards");
  }

  /** Only those that say what they are. */
  private static List<String> tables(PostgresConfig where) {
    return PostgresServer.query(
            where,
            "select relname from pg_class where relkind = 'r' and relname like 'experiment%%' and relnamespace = '%s'::regnamespace and obj_description(oid) <> '' order by 1"
                .formatted(where.schema()))
        .stream()
        .map((Map<String, Object> row) -> (String) row.get("relname"))
        .toList();
  }
}
