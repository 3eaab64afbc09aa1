package dev.thalweg.cli.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scorecards as they are read from a real PostgreSQL. */
class ScorecardReaderTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private PostgresConfig where;

  @BeforeEach
  void migrate() {
    where = POSTGRES.newSchema();
  }

  private void write(String sql) throws SQLException {
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ExperimentsSnapshot read(ExperimentDefinition... definitions) throws SQLException {
    return ExperimentsSnapshot.read(
        PostgresAddress.parse(where.url()), where.schema(), List.of(definitions));
  }

  @Test
  void readsEmptyViews() throws SQLException {
    assertThat(read()).isEqualTo(new ExperimentsSnapshot(where.schema(), List.of()));
  }

  @Test
  void readsEveryColumn() throws SQLException {
    write(
        """
        insert into experiment_scorecards values
          ('checkout', 1, 'purchase', 'treatment', 'control', 100, 1, 2, 3, 4, 5, 6, 7, 8, 0.09, 0.10, 0.11, 0.12, 0.13,
            14, 15, 'cuped_unavailable', '2026-03-02 12:00Z', 1),
          ('checkout', 1, 'purchase', 'control', 'control', 90, 'NaN', 'Infinity', null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, 1);
        insert into experiment_health values
          ('checkout', 1, 190, 0.5, null, 1, 2, 3, 4, 'ok', '2026-03-02 12:00Z', 1),
          ('empty', 2, 0, 1, 1, 0, 0, 0, 0, 'no_units', null, 1);
        insert into experiment_exposure_drops values
          ('checkout', 1, 'control', 'unreadable', 0, null, 1),
          ('checkout', 1, 'control', 'rule_violation', 2, null, 1),
          ('checkout', 1, 'treatment', 'rule_violation', 7, null, 1),
          ('nobody', 1, 'treatment', 'rule_violation', 7, null, 1);
        insert into experiment_decisions values
          ('checkout', 1, '2026-03-02 12:00Z', 'continue', null, 'early', '{}', 0),
          ('checkout', 1, '2026-03-02 12:01Z', 'ship', 'treatment', 'better', '{}', 0);
        """);

    ExperimentsSnapshot snapshot = read();
    assertThat(snapshot.experiments())
        .extracting(ExperimentView::experiment)
        .containsExactly("checkout", "empty");
    PhaseNumbers numbers = snapshot.experiments().get(0).newest().numbers();
    assertThat(numbers.metrics()).singleElement().satisfies(ScorecardReaderTest::hasBothRows);
    assertThat(numbers.health())
        .contains(
            new Health(
                190,
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                1,
                2,
                3,
                4,
                "ok",
                Optional.of(Instant.parse("2026-03-02T12:00:00Z"))));
    assertThat(numbers.drops())
        .containsExactly(
            new Drop("treatment", "rule_violation", 7), new Drop("control", "rule_violation", 2));
    assertThat(numbers.decisions())
        .containsExactly(
            new Decided(
                Instant.parse("2026-03-02T12:01:00Z"), "ship", Optional.of("treatment"), "better"),
            new Decided(
                Instant.parse("2026-03-02T12:00:00Z"), "continue", Optional.empty(), "early"));
    assertThat(snapshot.experiments().get(1).newest().numbers().health().orElseThrow().asOf())
        .isEmpty();
  }

  private static void hasBothRows(PhaseNumbers.MetricScores scores) {
    assertThat(scores.metric()).isEqualTo("purchase");
    assertThat(scores.baseline())
        .contains(
            new ScorecardRow(
                "control", "control", 90, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null));
    assertThat(scores.compared())
        .containsExactly(
            new ScorecardRow(
                "treatment",
                "control",
                100,
                1.0,
                2.0,
                3.0,
                4.0,
                5.0,
                6.0,
                7.0,
                8.0,
                0.09,
                0.10,
                0.11,
                0.12,
                0.13,
                14.0,
                15.0,
                "cuped_unavailable"));
  }

  @Test
  void keepsTheNewestDecisions() throws SQLException {
    write(
        """
        insert into experiment_decisions
        select 'checkout', 3, timestamptz '2026-03-02 12:00Z' + n * interval '1 minute', 'continue', null, n::text, '{}', 0
        from generate_series(1, 60) n
        """);

    PhaseNumbers numbers = read().experiments().get(0).phase(3).numbers();
    assertThat(numbers.decisions()).hasSize(50);
    assertThat(numbers.decisions().get(0).reason()).isEqualTo("60");
    assertThat(numbers.earlierDecisions()).isEqualTo(10);
    assertThat(ScorecardText.lines(read().experiments().get(0).newest(), Glyphs.UNICODE))
        .endsWith("and 48 before");
  }

  @Test
  void whatWasOnlyPublishedIsThereToo() throws SQLException {
    ExperimentsSnapshot snapshot = read(TestScorecards.definition(TestScorecards.CHECKOUT));

    PhaseScorecard card = snapshot.experiment("checkout").orElseThrow().newest();
    assertThat(card.numbers().isEmpty()).isTrue();
    assertThat(card.definition()).isPresent();
    assertThat(snapshot.experiment("other")).isEmpty();
  }
}
