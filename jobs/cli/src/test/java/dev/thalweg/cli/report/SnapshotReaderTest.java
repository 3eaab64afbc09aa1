package dev.thalweg.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.ViewsSnapshot.DeadLetters;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelStep;
import dev.thalweg.cli.report.ViewsSnapshot.LengthClass;
import dev.thalweg.cli.report.ViewsSnapshot.Spread;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Views as they are read from a real PostgreSQL. */
class SnapshotReaderTest {
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

  private ViewsSnapshot read() throws SQLException {
    return ViewsSnapshot.read(PostgresAddress.parse(where.url()), where.schema());
  }

  @Test
  void readsEmptyViews() throws SQLException {
    ViewsSnapshot views = read();

    assertThat(views.newestEvent()).isEmpty();
    assertThat(views.metrics()).isEmpty();
    assertThat(views.sessions().count()).isZero();
    assertThat(views.schema()).isEqualTo(where.schema());
  }

  @Test
  void keepsTheEightDimensionsOfMostEvents() throws SQLException {
    write(
        """
        insert into metric_values
        select 'views', jsonb_build_object('product', 'p' || p), w, w + interval '10 minutes', p, p, 1
        from generate_series(1, 30) p,
          generate_series(timestamptz '2026-03-02 12:00Z', '2026-03-02 12:50Z', interval '10 minutes') w
        """);

    MetricView metric = read().metrics().get(0);
    assertThat(metric.series())
        .extracting(Series::name)
        .containsExactly("p30", "p29", "p28", "p27", "p26", "p25", "p24", "p23");
    assertThat(metric.series()).extracting(Series::events).startsWith(180L, 174L);
    assertThat(metric.series()).allMatch(series -> series.values().size() == 6);
    assertThat(metric.by()).containsExactly("product");
    assertThat(metric.allSeries()).isEqualTo(30);
    assertThat(metric.more()).isEqualTo(22);
    assertThat(metric.limited()).isFalse();
  }

  @Test
  void keepsTheNewestWindows() throws SQLException {
    write(
        """
        insert into metric_values
        select 'views', '{}', w, w + interval '1 hour', 1, 1, 1
        from generate_series(timestamptz '2026-03-01 00:00Z', '2026-03-31 23:00Z', interval '1 hour') w
        """);

    MetricView metric = read().metrics().get(0);
    assertThat(metric.limited()).isTrue();
    assertThat(metric.windows()).hasSize(MetricReader.WINDOWS);
    assertThat(metric.windows().get(MetricReader.WINDOWS - 1).end())
        .isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
    assertThat(metric.series()).extracting(Series::name).containsExactly("all");
  }

  @Test
  void readsWhatIsNoNumberAsNoValue() throws SQLException {
    write(
        """
        insert into metric_values values
          ('b', '{"x": null, "y": ""}', '2026-03-02 12:00Z', '2026-03-02 13:00Z', null, 0, 1),
          ('b', '{"x": null, "y": ""}', '2026-03-02 13:00Z', '2026-03-02 14:00Z', 'NaN', 1, 1),
          ('b', '{"x": null, "y": ""}', '2026-03-02 14:00Z', '2026-03-02 15:00Z', 2.5, 1, 1),
          ('a', '{}', '2026-03-02 14:00Z', '2026-03-02 15:00Z', 1, 1, 1)
        """);

    List<MetricView> metrics = read().metrics();
    assertThat(metrics).extracting(MetricView::name).containsExactly("a", "b");
    Series series = metrics.get(1).series().get(0);
    assertThat(series.name()).isEqualTo("(none) · (empty)");
    assertThat(series.values())
        .extracting(value -> value.value().isPresent())
        .containsExactly(false, false, true);
    assertThat(series.values()).extracting(Value::events).containsExactly(0L, 1L, 1L);
  }

  @Test
  void readsFunnelsAndRetentionTheNewestFirst() throws SQLException {
    write(
        """
        insert into funnels select 'f', timestamptz '2026-03-01Z' + d * interval '1 day', s, 's' || s, 10 * d / s, 1
          from generate_series(1, 20) d, generate_series(1, 2) s;
        insert into retention select 'r', date '2026-03-01' + d, p, 10, d, 1
          from generate_series(1, 40) d, unnest(array['D30', 'D7+', 'D1']) p
        """);

    ViewsSnapshot views = read();
    assertThat(views.funnels().get(0).windows()).hasSize(14);
    assertThat(views.funnels().get(0).windows().get(0).start())
        .isEqualTo(Instant.parse("2026-03-21T00:00:00Z"));
    assertThat(views.funnels().get(0).windows().get(0).steps())
        .containsExactly(new FunnelStep("s1", 200), new FunnelStep("s2", 100));
    assertThat(views.retention().get(0).cohorts()).hasSize(31);
    assertThat(views.retention().get(0).periods())
        .extracting(RetentionPeriod::label)
        .containsExactly("D1", "D30", "D7+");
    assertThat(views.retention().get(0).cohorts().get(0).retained())
        .isEqualTo(Map.of("D1", 40L, "D30", 40L, "D7+", 40L));
    assertThat(views.newestEvent()).contains(Instant.parse("2026-04-10T00:00:00Z"));
  }

  @Test
  void summarisesSessionsThatAreNotRemoved() throws SQLException {
    write(
        """
        insert into session_rows
        select 's' || i, timestamptz '2026-03-02 12:00Z', timestamptz '2026-03-02 12:00Z' + i * interval '1 second', i, '{}', false, 1
        from generate_series(1, 100) i;
        insert into session_rows values ('gone', '2026-03-03Z', '2026-03-04Z', 999, '{}', true, 1)
        """);

    ViewsSnapshot views = read();
    assertThat(views.sessions().count()).isEqualTo(100);
    assertThat(views.sessions().seconds()).isEqualTo(new Spread(50, 95, 100));
    assertThat(views.sessions().events()).isEqualTo(new Spread(50, 95, 100));
    assertThat(views.sessions().lengths())
        .containsExactly(
            new LengthClass("1 s", 9),
            new LengthClass("10 s", 20),
            new LengthClass("30 s", 30),
            new LengthClass("1 min", 41));
    assertThat(views.newestEvent()).contains(Instant.parse("2026-03-02T12:01:40Z"));
  }

  @Test
  void addsUpTheLedgerOfEachJob() throws SQLException {
    write(
        """
        insert into ledger values
          ('ingest', 't', 0, 10, 7, 1, 0, 2, '2026-03-02 12:00Z', 1),
          ('ingest', 't', 1, 5, 5, 0, 0, 0, '2026-03-02 13:00Z', 1),
          ('metrics', 'u', 0, 3, 2, 0, 0, 0, null, 1);
        insert into dead_letter_counts values ('a', 'decode', 'x', 1, 1), ('b', 'decode', 'y', 9, 1), ('c', 'decode', 'z', 0, 1)
        """);

    ViewsSnapshot views = read();
    assertThat(views.ledgers()).hasSize(2);
    assertThat(views.ledgers().get(0).counts()).isEqualTo(new LedgerRow(15, 12, 1, 0, 2));
    assertThat(views.ledgers().get(0).partitions()).isEqualTo(2);
    assertThat(views.ledgers().get(0).balanced()).isTrue();
    assertThat(views.ledgers().get(0).asOf()).contains(Instant.parse("2026-03-02T13:00:00Z"));
    assertThat(views.ledgers().get(1).balanced()).isFalse();
    assertThat(views.ledgers().get(1).asOf()).isEmpty();
    assertThat(views.deadLetters())
        .containsExactly(
            new DeadLetters("b", "decode", "y", 9), new DeadLetters("a", "decode", "x", 1));
  }

  @Test
  void readsHostileDimensionsWhole() throws SQLException {
    write(
        """
        insert into metric_values values
          ('m', jsonb_build_object('x', repeat('<', 5000)), '2026-03-02Z', '2026-03-03Z', 1, 1, 1)
        """);
    String all = "<".repeat(5000);

    assertThat(read().metrics().get(0).series().get(0).name()).isEqualTo(all);
  }
}
