package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once, through failures and across savepoints; and the check itself, on mutants. */
final class IngestRecoveryTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final int BATCH = 300;

  @TempDir private Path directory;

  private IngestTrial trial(String deployment) {
    return new IngestTrial(FLINK, KAFKA, POSTGRES, deployment, directory);
  }

  /** Events of one batch: two of three good, the rest a duplicate or unreadable. */
  private static List<byte[]> batch(int number) {
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      int id = i % 6 == 0 ? i + 1 : i;
      byte[] event =
          TestEvents.event("page_viewed").id(number + "-" + id).user("u" + id % 40).avro();
      events.add(i % 6 == 3 ? "torn".getBytes(StandardCharsets.UTF_8) : event);
    }
    return events;
  }

  /** Fails twice where records were sent and not yet committed; the records of each are seen. */
  private static IngestTrial throughFailures(IngestTrial trial, String... definitions)
      throws Exception {
    trial.sendProfiles(List.of(trial.profile("u1", "AT")));
    trial.send(batch(0));
    trial.start(2, definitions);
    trial.awaitDecided(BATCH);
    for (int failure = 1; failure <= 2; failure++) {
      long sent = trial.sent();
      trial.send(batch(failure));
      trial.awaitSent(sent + BATCH / 2);
      trial.killTaskManagers();
    }
    trial.send(batch(3));
    trial.awaitDecided(4L * BATCH);
    assertThat(trial.restarts()).as("the faults fired").isGreaterThanOrEqualTo(2);
    return trial;
  }

  @Test
  void eachEventOnceThroughLostTaskManagers() throws Exception {
    IngestTrial trial = throughFailures(trial("once"));
    trial.assertExactlyOnce();
    assertThat(trial.total("consumed")).isEqualTo(4 * BATCH);
    assertThat(trial.total("accepted")).isEqualTo(4 * BATCH * 4 / 6);
    assertThat(trial.total("duplicate")).isEqualTo(4 * BATCH / 6);
    assertThat(trial.total("dead_letter")).isEqualTo(4 * BATCH / 6);
  }

  @Test
  void checkSeesThatAnAtLeastOnceSinkRepeats() throws Exception {
    IngestTrial trial = throughFailures(trial("least"), "ingest.sink.delivery=at-least-once");
    assertThatThrownBy(trial::assertExactlyOnce)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Found duplicate(s)");
  }

  @Test
  void checkSeesThatNothingIsDeduplicated() throws Exception {
    IngestTrial trial = trial("nodedup");
    trial.send(batch(0));
    trial.start(2, "ingest.dedup.enabled=false");
    trial.awaitDecided(BATCH);
    assertThatThrownBy(trial::assertExactlyOnce)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Found duplicate(s)");
  }

  @Test
  void savepointGoesOnAtAnotherParallelism() throws Exception {
    IngestTrial trial = trial("moved");
    trial.sendProfiles(List.of(trial.profile("u1", "AT"), trial.profile("u7", "DE")));
    trial.send(batch(0));
    trial.start(2, "views.run-epoch=1");
    trial.awaitDecided(BATCH);
    trial.stop();
    trial.send(batch(0));
    trial.send(batch(1));
    trial.start(3, "views.run-epoch=2");
    trial.awaitDecided(3L * BATCH);
    trial.stop();
    trial.send(batch(1));
    trial.onRocksDb();
    trial.start(1, "views.run-epoch=3");
    trial.awaitDecided(4L * BATCH);
    trial.assertExactlyOnce();

    assertThat(trial.total("accepted")).isEqualTo(2 * BATCH * 4 / 6);
    assertThat(trial.total("duplicate")).isEqualTo(2 * BATCH / 6 + 2 * BATCH * 5 / 6);
    assertThat(trial.canonical())
        .filteredOn(event -> event.get("user_id").toString().matches("u1|u7"))
        .allMatch(event -> event.get("enrichment").toString().startsWith("{country="));
    assertThat(trial.query("select distinct version >> 40 as epoch from ledger"))
        .containsExactly(Map.of("epoch", 3L));
  }
}
