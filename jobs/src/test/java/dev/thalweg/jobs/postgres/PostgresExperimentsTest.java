package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.testkit.RestartablePostgres;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.experiments.scoring.Decision;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import dev.thalweg.operators.experiments.scoring.Verdict;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The views of experiments as a reader of PostgreSQL sees them. */
final class PostgresExperimentsTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final long NOON = 1_793_534_400_000L;

  private final SimpleCounter failed = new SimpleCounter();
  private PostgresConfig where;

  @BeforeEach
  void migrate() {
    where = POSTGRES.newSchema();
  }

  private ViewWriter<ExperimentRow> writer(PostgresConfig target, long epoch) {
    return new ViewWriter<>(
        ExperimentTables.ALL,
        new PostgresViews(target, new RunEpoch(epoch), Duration.ZERO, 1000, Duration.ofMinutes(5)),
        new ManualTimers(),
        new SimpleCounter(),
        failed);
  }

  private void write(long epoch, ExperimentRow... rows) {
    try (ViewWriter<ExperimentRow> writer = writer(where, epoch)) {
      write(writer, rows);
    }
  }

  private static void write(ViewWriter<ExperimentRow> writer, ExperimentRow... rows) {
    try {
      for (ExperimentRow row : rows) {
        writer.write(row, null);
      }
      writer.flush(false);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Score score(String variant, Double effect, long version) {
    ScorecardRow row =
        new ScorecardRow(
            variant, "control", 7L, 1.5, 2.5, 3.5, effect, 5.5, 6.5, 7.5, 8.5, 0.1, 0.2, 0.3, 0.4,
            0.5, 9.5, 10.5, "note");
    return new Score("checkout", 2, "revenue", row, NOON, version);
  }

  private static Health health(double sampleRatio, long asOf, long version) {
    return new Health("checkout", 2, 10, sampleRatio, 0.5, 1, 2, 3, 4, "ok", asOf, version);
  }

  private static Decided decided(Verdict verdict, String evidence) {
    Decision decision = new Decision(verdict, "treatment", "because \0");
    return new Decided("checkout", 2, NOON, decision, evidence, null);
  }

  private Map<String, Object> only(String table) {
    List<Map<String, Object>> rows = PostgresServer.query(where, "select * from " + table);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private Object value(String sql) {
    return PostgresServer.query(where, sql).get(0).values().iterator().next();
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  @Test
  void scorecardsStandAsTheyAreNamed() {
    write(3, score("treatment", 4.5, 9));
    assertThat(only("experiment_scorecards"))
        .containsExactlyEntriesOf(
            row(
                "experiment",
                "checkout",
                "phase",
                2,
                "metric",
                "revenue",
                "variant",
                "treatment",
                "baseline",
                "control",
                "units",
                7L,
                "total",
                1.5,
                "mean",
                2.5,
                "variance",
                3.5,
                "effect",
                4.5,
                "effect_relative",
                5.5,
                "standard_error",
                6.5,
                "ci_low",
                7.5,
                "ci_high",
                8.5,
                "p_value",
                0.1,
                "p_value_fixed",
                0.2,
                "p_value_pooled",
                0.3,
                "p_value_holm",
                0.4,
                "p_value_bh",
                0.5,
                "cuped_effect",
                9.5,
                "cuped_standard_error",
                10.5,
                "note",
                "note",
                "as_of",
                new Timestamp(NOON),
                "version",
                (3L << 40) + 9));
  }

  @Test
  void healthAndDropsStandAsTheyAreNamed() {
    write(
        3,
        health(0.25, NOON, 9),
        new Drops("checkout", 2, "treatment", "rule_violation", 5, NOON, 9),
        new Document("checkout", 2, "{}", 9));
    assertThat(only("experiment_health"))
        .containsExactlyEntriesOf(
            row(
                "experiment",
                "checkout",
                "phase",
                2,
                "units",
                10L,
                "srm_p_value",
                0.25,
                "srm_p_value_sequential",
                0.5,
                "units_in_several_variants",
                1L,
                "outcomes_before_exposure",
                2L,
                "units_with_outcome_never_exposed",
                3L,
                "invalid_exposures",
                4L,
                "status",
                "ok",
                "as_of",
                new Timestamp(NOON),
                "version",
                (3L << 40) + 9));
    assertThat(only("experiment_exposure_drops"))
        .containsExactlyEntriesOf(
            row(
                "experiment",
                "checkout",
                "phase",
                2,
                "variant",
                "treatment",
                "failure",
                "rule_violation",
                "events",
                5L,
                "as_of",
                new Timestamp(NOON),
                "version",
                (3L << 40) + 9));
  }

  @Test
  void decisionsStandAsTheyAreNamed() {
    write(3, decided(Verdict.SHIP, "{\"units\":1}"));
    Map<String, Object> decision = only("experiment_decisions");
    assertThat(decision.remove("evidence")).hasToString("{\"units\": 1}");
    assertThat(decision)
        .containsExactlyEntriesOf(
            row(
                "experiment",
                "checkout",
                "phase",
                2,
                "decided_at",
                new Timestamp(NOON),
                "decision",
                "ship",
                "variant",
                "treatment",
                "reason",
                "because \uFFFD",
                "version",
                3L << 40));
  }

  @Test
  void everyKindOfRowHasATableButDocuments() {
    Set<Class<?>> tables = new HashSet<>();
    ExperimentTables.ALL.forEach(table -> tables.add(table.rows()));
    List<Class<?>> without =
        new ArrayList<>(Arrays.asList(ExperimentRow.class.getPermittedSubclasses()));
    without.removeAll(tables);
    assertThat(without).containsExactly(Document.class);
  }

  @Test
  void whatIsUnknownIsNull() {
    write(1, score("control", null, 1), health(Double.NaN, Long.MIN_VALUE, 1));
    assertThat(only("experiment_scorecards")).containsEntry("effect", null);
    assertThat(only("experiment_health"))
        .containsEntry("srm_p_value", null)
        .containsEntry("as_of", null);
  }

  @Test
  void rowsChangeWhereTheVersionIsAtLeastTheOld() {
    write(1, score("treatment", 1.0, 5), health(0.1, NOON, 5));
    write(1, score("treatment", 2.0, 4), health(0.2, NOON, 4));
    assertThat(value("select effect from experiment_scorecards")).isEqualTo(1.0);
    assertThat(value("select srm_p_value from experiment_health")).isEqualTo(0.1);
    write(1, score("treatment", 3.0, 5), health(0.3, NOON, 5));
    assertThat(value("select effect from experiment_scorecards")).isEqualTo(3.0);
    write(2, score("treatment", 4.0, 1), new Drops("checkout", 2, "a", "f", 1, NOON, 5));
    write(1, score("treatment", 5.0, 9), new Drops("checkout", 2, "a", "f", 2, NOON, 9));
    assertThat(value("select effect from experiment_scorecards")).isEqualTo(4.0);
    assertThat(value("select srm_p_value from experiment_health")).isEqualTo(0.3);
    assertThat(value("select events from experiment_exposure_drops")).isEqualTo(1L);
  }

  @Test
  void decisionToldAgainChangesNothingAndALaterRunMayRepair() {
    write(2, decided(Verdict.SHIP, "{\"units\": 1, \"a\": 2}"));
    Object first = value("select xmin::text from experiment_decisions");
    write(2, decided(Verdict.SHIP, "{\"units\": 1, \"a\": 2}"));
    write(3, decided(Verdict.SHIP, "{\"units\": 1, \"a\": 2}"));
    write(1, decided(Verdict.REVIEW, "{}"));
    assertThat(value("select xmin::text from experiment_decisions")).isEqualTo(first);
    write(3, decided(Verdict.ROLLBACK, "{}"));
    assertThat(only("experiment_decisions"))
        .containsEntry("decision", "rollback")
        .containsEntry("version", 3L << 40);
  }

  @Test
  void restartAndLockedTableOnlyDelay(@TempDir Path data) throws Exception {
    try (RestartablePostgres postgres = new RestartablePostgres(data.resolve("pg"))) {
      where = postgres.newSchema("views");
      try (ViewWriter<ExperimentRow> writer = writer(where, 1)) {
        postgres.stop();
        var away = CompletableFuture.runAsync(() -> write(writer, score("treatment", 1.0, 1)));
        await().atMost(1, TimeUnit.MINUTES).until(() -> failed.getCount() >= 2);
        postgres.start();
        away.get(1, TimeUnit.MINUTES);
        try (Connection other = where.connect();
            Statement statement = other.createStatement()) {
          other.setAutoCommit(false);
          statement.execute("lock table experiment_decisions in access exclusive mode");
          long before = failed.getCount();
          var locked =
              CompletableFuture.runAsync(
                  () -> write(writer, score("treatment", 2.0, 2), decided(Verdict.SHIP, "{}")));
          await().atMost(1, TimeUnit.MINUTES).until(() -> failed.getCount() > before);
          assertThat(locked).isNotDone();
          other.rollback();
          locked.get(1, TimeUnit.MINUTES);
        }
      }
      assertThat(only("experiment_scorecards")).containsEntry("effect", 2.0);
      assertThat(only("experiment_decisions")).containsEntry("decision", "ship");
    }
  }
}
