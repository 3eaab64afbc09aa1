package dev.thalweg.jobs.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.kafka.DefinitionLog;
import dev.thalweg.jobs.kafka.PublishedVersions;
import dev.thalweg.jobs.kafka.VersionPublisher;
import dev.thalweg.jobs.testkit.DatabaseGate;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.Definitions;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.Decision;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.Verdict;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A decision's next version is published once, or never, whatever happens. */
final class PromotionSinkTest {
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final long NOON = 1_793_534_400_000L;
  private static final ExperimentDefinition FIRST = Definitions.checkout();
  private static final ExperimentDefinition SHIPPED = ownedBy("ship").after(FIRST);
  private static final ExperimentDefinition OTHER = ownedBy("other").after(FIRST);

  private final PromotionWriter.Counters counters =
      new PromotionWriter.Counters(new SimpleCounter(), new SimpleCounter(), new SimpleCounter());
  private PostgresConfig where;
  private DefinitionLog log;

  /** Ends a writer as a crash would. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static ExperimentDefinition ownedBy(String owner) {
    return new ExperimentDefinition(
        FIRST.experiment(),
        1,
        1,
        owner,
        FIRST.effectiveFrom(),
        FIRST.stop(),
        FIRST.design(),
        FIRST.guardrails(),
        FIRST.statistics(),
        FIRST.policy());
  }

  @BeforeEach
  void publishFirst(TestInfo test) {
    where = POSTGRES.newSchema();
    String topic = "promotions." + test.getTestMethod().orElseThrow().getName();
    KAFKA.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
    log = new DefinitionLog(KAFKA.config(), topic);
    publish(FIRST);
  }

  private void publish(ExperimentDefinition definition) {
    try (VersionPublisher publisher = log.open()) {
      publisher.publish(definition);
    }
  }

  private PromotionSink sink(long epoch, boolean isLive) {
    try {
      // As a job ships it.
      return InstantiationUtil.clone(
          new PromotionSink(where, log, new RunEpoch(epoch), isLive, Duration.ofSeconds(60)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private PromotionWriter writer(long epoch, Supplier<VersionPublisher> publishers) {
    return new PromotionWriter(sink(epoch, true), publishers, counters);
  }

  private static Decided decided(ExperimentDefinition next) {
    Decision decision = new Decision(Verdict.SHIP, "treatment", "better");
    return new Decided(
        "checkout", 1, NOON, decision, "{}", next == null ? null : DefinitionJson.write(next));
  }

  private static void tell(PromotionWriter writer, ExperimentDefinition next) {
    try (writer) {
      writer.write(decided(next), null);
      writer.flush(false);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(long epoch, ExperimentDefinition next) {
    tell(writer(epoch, log::open), next);
  }

  private void crash(long epoch, Supplier<VersionPublisher> faulty, ExperimentDefinition next) {
    assertThatThrownBy(() -> tell(writer(epoch, faulty), next)).isInstanceOf(Crash.class);
  }

  /** The same, but for what is done around publishing. */
  private record Faulty(VersionPublisher real, Runnable before, Runnable after)
      implements VersionPublisher {
    @Override
    public PublishedVersions published() {
      return real.published();
    }

    @Override
    public void publish(ExperimentDefinition definition) {
      before.run();
      real.publish(definition);
      after.run();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private VersionPublisher crashingBefore() {
    return new Faulty(log.open(), PromotionSinkTest::crash, () -> {});
  }

  private VersionPublisher crashingAfter() {
    return new Faulty(log.open(), () -> {}, PromotionSinkTest::crash);
  }

  private static void crash() {
    throw new Crash();
  }

  /** Keys and owners, in the order of the topic. */
  private List<String> topic() {
    return KAFKA.committed(log.topic()).stream()
        .map(
            record ->
                new String(record.key(), UTF_8)
                    + " "
                    + DefinitionJson.read(new String(record.value(), UTF_8)).owner())
        .toList();
  }

  private Map<String, Object> row() {
    List<Map<String, Object>> rows =
        PostgresServer.query(where, "select *, xmin::text as written from experiment_promotions");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void assertRow(
      Map<String, Object> row, ExperimentDefinition next, boolean isPublished, String lost) {
    assertThat(row)
        .containsEntry("definition", DefinitionJson.write(next))
        .containsEntry("lost_because", lost);
    assertThat(row.get("published_at") != null).as("published").isEqualTo(isPublished);
  }

  @Test
  void versionIsPublishedBeforeTheCheckpoint() throws Exception {
    try (PromotionWriter writer = writer(7, log::open)) {
      writer.write(decided(SHIPPED), null);
      writer.write(decided(null), null);
      writer.write(new Document("checkout", 1, "{}", 1), null);
      assertThat(topic()).containsExactly("checkout/1 growth");
      writer.flush(false);
      writer.flush(false);
    }
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertThat(KAFKA.committed(log.topic()).get(1).value())
        .isEqualTo(DefinitionJson.write(SHIPPED).getBytes(UTF_8));
    assertThat(row())
        .containsEntry("experiment", "checkout")
        .containsEntry("from_version", 1)
        .containsEntry("to_version", 2)
        .containsEntry("phase", 1)
        .containsEntry("decided_at", new Timestamp(NOON))
        .containsEntry("verdict", "ship")
        .containsEntry("variant", "treatment")
        .containsEntry("version", 7L << 40);
    assertRow(row(), SHIPPED, true, null);
    assertThat(counters.published().getCount()).isEqualTo(1);
    assertThat(counters.lost().getCount()).isZero();
  }

  @Test
  void crashBetweenClaimAndPublicationIsMadeGood() {
    crash(1, this::crashingBefore, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth");
    assertRow(row(), SHIPPED, false, null);
    tell(1, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
  }

  @Test
  void crashAfterPublicationPublishesNothingTwice() {
    crash(1, this::crashingAfter, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, false, null);
    tell(2, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
    assertThat(counters.lost().getCount()).isZero();
  }

  @Test
  void replayPublishesNothingTwice() {
    tell(1, SHIPPED);
    Object written = row().get("written");
    tell(1, SHIPPED);
    tell(2, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertThat(row()).containsEntry("written", written);
    assertThat(counters.published().getCount()).isEqualTo(1);
    assertThat(counters.lost().getCount()).isZero();
  }

  @Test
  void ofTwoAtOnceOneWins() throws Exception {
    for (int round = 1; round <= 5; round++) {
      ExperimentDefinition before = log.read().newest("checkout").orElseThrow();
      ExperimentDefinition one = ownedBy("one-" + round).after(before);
      ExperimentDefinition two = ownedBy("two-" + round).after(before);
      CyclicBarrier together = new CyclicBarrier(2);
      var first = CompletableFuture.runAsync(() -> tellTogether(together, one));
      var second = CompletableFuture.runAsync(() -> tellTogether(together, two));
      first.get(2, TimeUnit.MINUTES);
      second.get(2, TimeUnit.MINUTES);
      assertThat(topic()).hasSize(1 + round);
      assertThat(log.read().newest("checkout").orElseThrow()).isIn(one, two);
      assertThat(log.read().faults()).isEmpty();
    }
    assertThat(counters.published().getCount()).isEqualTo(5);
    assertThat(counters.lost().getCount()).isEqualTo(5);
    List<Map<String, Object>> rows =
        PostgresServer.query(where, "select * from experiment_promotions order by from_version");
    for (Map<String, Object> row : rows) {
      int version = (Integer) row.get("to_version");
      assertRow(row, log.read().version("checkout", version).orElseThrow(), true, null);
    }
    assertThat(rows).hasSize(5);
  }

  private void tellTogether(CyclicBarrier together, ExperimentDefinition next) {
    tell(
        writer(
            1,
            () -> {
              try {
                // Only where both have claimed; the second to come does not wait for ever.
                together.await(500, TimeUnit.MILLISECONDS);
              } catch (Exception e) {
                // Alone.
              }
              return log.open();
            }),
        next);
  }

  @Test
  void twoThatSayTheSameBothHaveTheirWay() throws Exception {
    var one = CompletableFuture.runAsync(() -> tell(1, SHIPPED));
    var two = CompletableFuture.runAsync(() -> tell(1, SHIPPED));
    one.get(2, TimeUnit.MINUTES);
    two.get(2, TimeUnit.MINUTES);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
    assertThat(counters.lost().getCount()).isZero();
  }

  @Test
  void overtakenByApplyItIsLost() {
    publish(OTHER);
    tell(1, SHIPPED);
    tell(1, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 other");
    assertRow(row(), SHIPPED, false, "the newest version is 2, not 1");
    assertThat(counters.lost().getCount()).isEqualTo(1);
    assertThat(counters.published().getCount()).isZero();
  }

  @Test
  void overtakenAtTheLastMomentItIsLost() {
    int[] fired = new int[1];
    Runnable apply =
        () -> {
          fired[0]++;
          publish(OTHER);
        };
    tell(writer(1, () -> new Faulty(log.open(), apply, () -> {})), SHIPPED);
    assertThat(fired[0]).isEqualTo(1);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 other");
    assertRow(row(), SHIPPED, false, "the newest version is 2, not 1");
    assertThat(counters.failed().getCount()).isEqualTo(1);
    assertThat(counters.lost().getCount()).isEqualTo(1);
  }

  @Test
  void whatACrashLeftUnpublishedGivesWayToAnotherDecision() {
    crash(3, this::crashingBefore, OTHER);
    tell(2, SHIPPED);
    assertThat(topic()).as("of an earlier run").containsExactly("checkout/1 growth");
    assertThat(counters.lost().getCount()).isEqualTo(1);
    tell(3, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
    tell(4, OTHER);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
    assertThat(counters.lost().getCount()).isEqualTo(2);
  }

  @Test
  void claimThatCannotBeReadGivesWay() {
    crash(1, this::crashingBefore, OTHER);
    assertThat(
            PostgresServer.query(
                where, "update experiment_promotions set definition = '{}' returning 1"))
        .hasSize(1);
    tell(2, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
  }

  @Test
  void whatACrashLeftPublishedStays() {
    crash(1, this::crashingAfter, OTHER);
    tell(2, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 other");
    assertRow(row(), OTHER, true, null);
    assertThat(counters.lost().getCount()).isEqualTo(1);
  }

  @Test
  void whoPublishedHasTheRowWhateverOthersWroteThere() {
    crash(1, this::crashingBefore, OTHER);
    crash(1, this::crashingAfter, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), OTHER, false, null);
    tell(1, OTHER);
    assertRow(row(), OTHER, false, "the newest version is 2, not 1");
    tell(1, SHIPPED);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
    assertThat(counters.lost().getCount()).isEqualTo(1);
  }

  @Test
  void onlyTheLiveRunPromotes() throws Exception {
    try (PromotionWriter replay = new PromotionWriter(sink(1, false), log::open, counters)) {
      replay.write(decided(SHIPPED), null);
      replay.flush(true);
    }
    assertThat(topic()).containsExactly("checkout/1 growth");
    assertThat(PostgresServer.query(where, "select * from experiment_promotions")).isEmpty();
  }

  @Test
  void nothingFollowsWhatWasWrittenPastApply() {
    byte[] key = "checkout/1".getBytes(UTF_8);
    byte[] value = DefinitionJson.write(ownedBy("somebody")).getBytes(UTF_8);
    KAFKA.send(List.of(new ProducerRecord<>(log.topic(), key, value)));
    tell(1, SHIPPED);
    assertRow(row(), SHIPPED, false, "the topic was written past apply: checkout/1: was rewritten");
    assertThat(topic()).hasSize(2);
  }

  @Test
  void absentDatabaseAndBrokersOnlyDelay() throws Exception {
    PostgresConfig direct = where;
    int[] away = {2};
    Supplier<VersionPublisher> sometimes =
        () -> {
          if (away[0]-- > 0) {
            throw new TimeoutException("nobody is there");
          }
          return log.open();
        };
    try (DatabaseGate gate = new DatabaseGate(direct)) {
      where = gate.through(direct);
      gate.shut();
      PromotionWriter writer = writer(1, sometimes);
      var telling = CompletableFuture.runAsync(() -> tell(writer, SHIPPED));
      await().atMost(1, TimeUnit.MINUTES).until(() -> gate.refused() >= 2);
      assertThat(telling).isNotDone();
      gate.open();
      telling.get(1, TimeUnit.MINUTES);
    }
    where = direct;
    assertThat(away[0]).isEqualTo(-1);
    assertThat(topic()).containsExactly("checkout/1 growth", "checkout/2 ship");
    assertRow(row(), SHIPPED, true, null);
  }

  @Test
  void brokersThatStayAwayFailTheJob() throws Exception {
    PromotionSink hasty =
        new PromotionSink(where, log, new RunEpoch(1), true, Duration.ofMillis(400));
    Supplier<VersionPublisher> never =
        () -> {
          throw new TimeoutException("nobody is there");
        };
    try (PromotionWriter writer = new PromotionWriter(hasty, never, counters)) {
      writer.write(decided(SHIPPED), null);
      assertThatThrownBy(() -> writer.flush(false))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the promotion of checkout to version 2 (ship) could not be published for 0s: nobody is there");
    }
    assertThat(counters.failed().getCount()).isGreaterThanOrEqualTo(2);
    assertRow(row(), SHIPPED, false, null);
  }
}
