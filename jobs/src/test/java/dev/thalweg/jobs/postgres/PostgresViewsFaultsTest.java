package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.DatabaseGate;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.testkit.RestartablePostgres;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Views are right whatever becomes of the database. */
final class PostgresViewsFaultsTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final long NOON = 1_793_534_400_000L;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SimpleCounter failed = new SimpleCounter();
  private PostgresConfig where;

  @BeforeEach
  void migrate() {
    where = POSTGRES.newSchema();
  }

  private ViewWriter<ViewRow> writer(PostgresConfig target, Duration patience) {
    return new ViewWriter<>(
        MetricTables.ALL,
        new PostgresViews(target, new RunEpoch(1), Duration.ZERO, 500, patience),
        new ManualTimers(),
        new SimpleCounter(),
        failed);
  }

  private static MetricValue value(int i, long version) {
    return new MetricValue("m" + i, "{}", NOON, NOON + 1, (double) version, version, version);
  }

  private static void write(ViewWriter<ViewRow> writer, int rows, long version) {
    try {
      for (int i = 0; i < rows; i++) {
        writer.write(value(i, version), null);
      }
      writer.flush(false);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts, sums and versions: whether each row is there once, as it was last written. */
  private static void assertRows(PostgresConfig target, long rows, long version) {
    assertThat(
            PostgresServer.query(
                target,
                "select count(*) as rows, min(value) as least, max(value) as most from metric_values"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("rows", rows);
              assertThat(row).containsEntry("least", (double) version);
              assertThat(row).containsEntry("most", (double) version);
            });
  }

  private static void awaitThat(BooleanSupplier condition) {
    await().atMost(1, TimeUnit.MINUTES).until(condition::getAsBoolean);
  }

  @Test
  void restartOfTheDatabaseLosesAndDuplicatesNothing(@TempDir Path data) throws Exception {
    try (RestartablePostgres postgres = new RestartablePostgres(data.resolve("pg"))) {
      PostgresConfig own = postgres.newSchema("views");
      try (ViewWriter<ViewRow> writer = writer(own, LONG)) {
        write(writer, 2_000, 1);
        postgres.stop();
        var writing = CompletableFuture.runAsync(() -> write(writer, 2_000, 2));
        awaitThat(() -> failed.getCount() >= 2);
        assertThat(writing).isNotDone();
        postgres.start();
        writing.get(1, TimeUnit.MINUTES);
        write(writer, 2_000, 3);
      }
      assertRows(own, 2_000, 3);
    }
  }

  @Test
  void connectionCutInTheMiddleLosesNothing() throws Exception {
    try (DatabaseGate gate = new DatabaseGate(where);
        ViewWriter<ViewRow> writer = writer(gate.through(where), LONG)) {
      for (int round = 1; round <= 20; round++) {
        int version = round;
        var writing = CompletableFuture.runAsync(() -> write(writer, 1_000, version));
        gate.shut();
        gate.open();
        writing.get(1, TimeUnit.MINUTES);
      }
    }
    assertThat(failed.getCount()).isPositive();
    assertRows(where, 1_000, 20);
  }

  @Test
  void lockedTableOnlyDelays() throws Exception {
    try (ViewWriter<ViewRow> writer = writer(where, LONG);
        Connection other = where.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table metric_values in access exclusive mode");
      var writing = CompletableFuture.runAsync(() -> write(writer, 10, 1));
      // The server gives up before the client does; no attempt is left waiting there.
      awaitThat(() -> failed.getCount() >= 2);
      assertThat(writing).isNotDone();
      assertThat(waiting()).isLessThanOrEqualTo(1);
      other.rollback();
      writing.get(1, TimeUnit.MINUTES);
    }
    assertRows(where, 10, 1);
  }

  private long waiting() {
    return (Long)
        PostgresServer.query(
                where,
                "select count(*) as n from pg_locks where not granted and relation = '%s.metric_values'::regclass"
                    .formatted(where.schema()))
            .get(0)
            .get("n");
  }

  @Test
  void databaseThatStaysAwayFailsTheJob() throws Exception {
    try (DatabaseGate gate = new DatabaseGate(where);
        ViewWriter<ViewRow> writer = writer(gate.through(where), Duration.ofMillis(600))) {
      gate.shut();
      writer.write(value(1, 1), null);
      assertThatThrownBy(() -> writer.flush(false))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the views could not be written for 0s: ");
      assertThat(failed.getCount()).isGreaterThanOrEqualTo(2);
      gate.open();
      writer.flush(false);
    }
    assertRows(where, 1, 1);
  }

  @Test
  void whatDoesNotGoAwayFailsTheJobAtOnce() throws Exception {
    PostgresConfig nowhere =
        new PostgresConfig(where.url(), where.user(), where.passwordFile(), "no_such_schema");
    try (ViewWriter<ViewRow> writer = writer(nowhere, LONG)) {
      writer.write(value(1, 1), null);
      assertThatThrownBy(() -> writer.flush(false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("metric_values");
      assertThat(failed.getCount()).isEqualTo(1);
    }
  }

  @Test
  void tablesOfABatchAppearTogether() throws Exception {
    try (ViewWriter<ViewRow> writer = writer(where, LONG)) {
      writer.write(value(1, 1), null);
      writer.write(new FunnelRow("f", NOON, 1, "not \0 allowed", 1, 1), null);
      assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(IOException.class);
    }
    assertThat(PostgresServer.query(where, "select * from metric_values")).isEmpty();
  }

  @Test
  void cancellingEndsTheWaiting() throws Exception {
    try (DatabaseGate gate = new DatabaseGate(where);
        ViewWriter<ViewRow> writer = writer(gate.through(where), LONG)) {
      gate.shut();
      writer.write(value(1, 1), null);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void writersInOppositeOrderDoNotDeadlock() throws Exception {
    List<MetricValue> up = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      up.add(value(i, 1));
    }
    List<MetricValue> down = new ArrayList<>(up);
    Collections.reverse(down);
    var one = CompletableFuture.runAsync(() -> writeOften(up));
    var two = CompletableFuture.runAsync(() -> writeOften(down));
    one.get(2, TimeUnit.MINUTES);
    two.get(2, TimeUnit.MINUTES);
    assertRows(where, 400, 1);
    assertThat(failed.getCount()).isZero();
  }

  private void writeOften(List<MetricValue> rows) {
    try (ViewWriter<ViewRow> writer = writer(where, LONG)) {
      for (int round = 0; round < 30; round++) {
        for (MetricValue row : rows) {
          writer.write(row, null);
        }
        writer.flush(false);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
