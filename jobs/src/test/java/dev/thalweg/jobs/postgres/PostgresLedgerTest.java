package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.DatabaseGate;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.PartitionCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger as a reader of PostgreSQL sees it. */
final class PostgresLedgerTest {
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final long NOON = 1_793_534_400_000L;
  private static final List<String> STAGES = List.of("decode", "validate");

  private PostgresConfig where;

  @BeforeEach
  void migrate() {
    where = POSTGRES.newSchema();
  }

  private PostgresLedger ledger(PostgresConfig target, long epoch) throws Exception {
    // As a job ships it.
    PostgresLedger shipped =
        InstantiationUtil.clone(new PostgresLedger(target, "ingest", epoch, STAGES));
    shipped.open();
    return shipped;
  }

  private static LedgerEntry partition(int partition, long accepted, long duplicate) {
    var counts = new PartitionCounts(accepted + duplicate + 3, accepted, duplicate, 0, 0, 3, NOON);
    return new LedgerEntry("events.raw", partition, "", "", "", counts);
  }

  private static LedgerEntry cause(String failure, String stage, long events) {
    var counts = new PartitionCounts(0, 0, 0, 0, events, 0, Long.MIN_VALUE);
    return new LedgerEntry("", -1, failure, stage, "unknown", counts);
  }

  private void publish(long epoch, LedgerEntry... totals) throws Exception {
    PostgresLedger ledger = ledger(where, epoch);
    ledger.publish(List.of(totals));
    ledger.close();
  }

  private List<Map<String, Object>> ledgerRows() {
    return PostgresServer.query(
        where,
        "select partition, consumed, accepted, duplicate, version, extract(epoch from as_of)::bigint * 1000 as as_of"
            + " from ledger order by partition");
  }

  private List<Object> causes() {
    return PostgresServer.query(
            where,
            "select failure || '/' || stage || '=' || events as c from dead_letter_counts order by 1")
        .stream()
        .map(row -> row.get("c"))
        .toList();
  }

  @Test
  void closingPublishesTheLastTotals() throws Exception {
    PostgresLedger ledger = ledger(where, 3);
    for (int i = 1; i <= 500; i++) {
      ledger.publish(
          List.of(partition(1, i, 0), partition(0, i, i), cause("unreadable", "decode", i)));
    }
    ledger.close();
    assertThat(ledgerRows())
        .containsExactly(
            Map.of(
                "partition",
                0,
                "consumed",
                1000L,
                "accepted",
                500L,
                "duplicate",
                500L,
                "version",
                (3L << 40) + 1000,
                "as_of",
                NOON),
            Map.of(
                "partition",
                1,
                "consumed",
                500L,
                "accepted",
                500L,
                "duplicate",
                0L,
                "version",
                (3L << 40) + 500,
                "as_of",
                NOON));
    assertThat(causes()).containsExactly("unreadable/decode=500");
  }

  @Test
  void totalsOfAnOlderRunNeverOverwrite() throws Exception {
    publish(2, partition(0, 10, 0), cause("unreadable", "decode", 1));
    publish(1, partition(0, 9_999, 0), cause("unreadable", "decode", 9_999));
    assertThat(ledgerRows()).extracting(row -> row.get("accepted")).containsExactly(10L);
    assertThat(causes()).containsExactly("unreadable/decode=1");
  }

  @Test
  void newerRunRepairsAndRemovesWhatItDoesNotKnow() throws Exception {
    publish(
        1,
        partition(0, 10, 0),
        partition(7, 5, 0),
        cause("unreadable", "decode", 4),
        cause("rule_violation", "validate", 4));
    publish(2, partition(0, 3, 0), cause("unreadable", "decode", 1));
    assertThat(ledgerRows()).extracting(row -> row.get("accepted")).containsExactly(3L);
    assertThat(causes()).containsExactly("unreadable/decode=1");
  }

  @Test
  void rowsOfOtherJobsStay() throws Exception {
    PostgresLedger other = new PostgresLedger(where, "metrics", 1, List.of("aggregate"));
    other.open();
    other.publish(List.of(partition(0, 1, 0), cause("internal_error", "aggregate", 2)));
    other.close();
    publish(9, partition(0, 3, 0));
    assertThat(ledgerRows()).hasSize(2);
    assertThat(causes()).containsExactly("internal_error/aggregate=2");
  }

  @Test
  void partitionAndCausesAppearTogether() throws Exception {
    publish(1, partition(0, 1, 0), cause("unreadable", "decode", 1));
    String impossible = "x".repeat(10) + "\u0000";
    PostgresLedger ledger = ledger(where, 1);
    ledger.publish(List.of(partition(0, 2, 0), cause(impossible, "decode", 2)));
    ledger.close();
    assertThat(ledgerRows()).extracting(row -> row.get("accepted")).containsExactly(1L);
  }

  @Test
  void writersInOppositeOrderDoNotDeadlock() throws Exception {
    List<LedgerEntry> up = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      up.add(partition(i, 1, 0));
    }
    List<LedgerEntry> down = new ArrayList<>(up);
    Collections.reverse(down);
    PostgresLedger one = ledger(where, 1);
    PostgresLedger two = ledger(where, 1);
    for (int round = 0; round < 20; round++) {
      one.publish(up);
      two.publish(down);
    }
    one.close();
    two.close();
    assertThat(ledgerRows()).hasSize(200);
    assertThat(
            PostgresServer.query(
                where, "select deadlocks from pg_stat_database where datname = current_database()"))
        .extracting(row -> row.get("deadlocks"))
        .containsExactly(0L);
  }

  @Test
  void lockedTableDelaysOnlyWhatIsSeen() throws Exception {
    PostgresLedger ledger = ledger(where, 1);
    try (Connection other = where.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table ledger in access exclusive mode");
      // From this thread, as from the job's: it would never return if publishing waited.
      for (int i = 1; i <= 1000; i++) {
        ledger.publish(List.of(partition(0, i, 0)));
      }
      other.rollback();
    }
    ledger.close();
    assertThat(ledgerRows()).extracting(row -> row.get("accepted")).containsExactly(1000L);
  }

  @Test
  void databaseThatComesLateOrGoesAwayGetsTheLatest() throws Exception {
    try (DatabaseGate gate = new DatabaseGate(where)) {
      PostgresLedger ledger = ledger(gate.through(where), 1);
      gate.shut();
      ledger.publish(List.of(partition(0, 1, 0)));
      await().until(() -> gate.refused() >= 2);
      assertThat(ledgerRows()).isEmpty();
      gate.open();
      await().untilAsserted(() -> assertThat(ledgerRows()).hasSize(1));
      gate.shut();
      long before = gate.refused();
      ledger.publish(List.of(partition(0, 2, 0)));
      await().until(() -> gate.refused() > before);
      ledger.publish(List.of(partition(0, 3, 0)));
      gate.open();
      ledger.close();
      assertThat(ledgerRows()).extracting(row -> row.get("accepted")).containsExactly(3L);
    }
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    publish(1, partition(0, 1, 0));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("publish ledger of ingest");
  }

  @Test
  void passwordFileThatIsMissingIsNamed() {
    PostgresConfig config = new PostgresConfig(where.url(), "u", "/no/such/file", "views");
    assertThatThrownBy(config::connect)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void addressWithPasswordIsRefused() {
    assertThatThrownBy(
            () -> new PostgresConfig("jdbc:postgresql://h/d?user=u&password=p", "u", "", "views"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgres.password-file")
        .hasMessageNotContaining("password=p");
  }
}
