package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job, from topic to topic and table. */
final class IngestOnKafkaTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  @TempDir private Path directory;

  private IngestTrial trial(String deployment) {
    return new IngestTrial(FLINK, KAFKA, POSTGRES, deployment, directory);
  }

  private static TestEvents page(int i) {
    return TestEvents.event("page_viewed").id("e" + i).user("u" + i % 50).with("page", "/" + i);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Long> byCause(IngestTrial trial) {
    return trial
        .query(
            "select failure || '/' || stage || '/' || event_type as cause, events from dead_letter_counts")
        .stream()
        .collect(
            Collectors.toMap(row -> (String) row.get("cause"), row -> (Long) row.get("events")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void eventsAreDecodedDeduplicatedEnrichedAndCounted(String backend) throws Exception {
    IngestTrial trial = trial("whole_" + backend);
    if (backend.equals("rocksdb")) {
      trial.onRocksDb();
    }
    List<ProducerRecord<byte[], byte[]>> profiles = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      // Those of the users below come last, so that reading some does not do.
      profiles.add(trial.profile(i < 19_960 ? "other" + i : "u" + (i - 19_960), "AT"));
    }
    profiles.add(new ProducerRecord<>(trial.topic("reference.profiles"), utf8("u0"), null));
    profiles.add(
        new ProducerRecord<>(trial.topic("reference.profiles"), utf8("bad"), utf8("no profile")));
    trial.sendProfiles(profiles);

    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      events.add(i % 2 == 0 ? page(i).avro() : utf8(page(i).json()));
    }
    for (int i = 0; i < 100; i++) {
      events.add(page(i * 3).avro());
    }
    events.add(utf8("not JSON"));
    events.add(utf8(page(5000).with("event_time", "soon").json()));
    events.add(utf8(TestEvents.event("order_placed").id("r").with("quantity", 0).json()));
    events.add(utf8("{\"event_type\":\"nothing_known\"}"));
    Collections.shuffle(events, new Random(1));
    trial.send(events);
    trial.start(2);
    trial.awaitDecided(events.size());
    trial.assertExactlyOnceBut(1);
    assertThat(trial.restarts()).isZero();

    assertThat(trial.canonical()).hasSize(1_000);
    for (GenericRecord event : trial.canonical()) {
      int user = Integer.parseInt(event.get("user_id").toString().substring(1));
      // u0 was forgotten by a tombstone, u40 and above never had a profile.
      String enrichment = user == 0 || user >= 40 ? "{}" : "{country=AT}";
      assertThat(event.get("enrichment")).as("of user %s", user).hasToString(enrichment);
      assertThat(event.get("page"))
          .hasToString("/" + event.get("event_id").toString().substring(1));
      assertThat(event.get("contract_version")).isEqualTo(1);
    }
    assertThat(trial.total("duplicate")).isEqualTo(100);
    assertThat(byCause(trial))
        .containsOnly(
            Map.entry("unreadable/decode/unknown", 1L),
            Map.entry("schema_violation/decode/page_viewed", 1L),
            Map.entry("rule_violation/validate/order_placed", 1L),
            Map.entry("unknown_contract/decode/unknown", 1L),
            Map.entry("unreadable/decode-profiles/unknown", 1L));
  }

  @Test
  void profilesThatComeLaterAreJoinedFromThenOn() throws Exception {
    IngestTrial trial = trial("later").start(2);
    trial.send(List.of(page(1).avro()));
    trial.awaitDecided(1);
    trial.sendProfiles(List.of(trial.profile("u1", "DE")));
    // Nothing tells when a profile has arrived in state, so events are sent until one shows it.
    int[] sent = {1};
    await()
        .until(
            () -> {
              trial.send(List.of(page(1 + 50 * sent[0]++).avro()));
              trial.awaitDecided(sent[0]);
              return trial.canonical().stream()
                  .anyMatch(event -> event.get("enrichment").toString().equals("{country=DE}"));
            });
    trial.assertExactlyOnce();
  }

  @Test
  void idlePartitionsAndAnonymousEventsDoNotHoldTheJob() throws Exception {
    IngestTrial trial = trial("idle").start(2);
    for (int i = 0; i < 20; i++) {
      trial.sendTo(1, TestEvents.event("page_viewed").id("a" + i).anonymous("device").avro());
    }
    trial.awaitDecided(20);
    trial.assertExactlyOnce();
    assertThat(trial.canonical()).hasSize(20).allMatch(event -> event.get("user_id") == null);
    assertThat(trial.query("select partition, accepted, late from ledger"))
        .containsExactly(Map.of("partition", 1, "accepted", 20L, "late", 0L));
  }

  @Test
  void largeEventsBecomeDeadLettersWithTheirBytes() throws Exception {
    IngestTrial trial = trial("large").start(2);
    int limit = 8128 << 10;
    List<byte[]> events = new ArrayList<>();
    for (int length : new int[] {1 << 20, (1 << 20) + 1, 5_000_000, 7_900_000, limit, limit + 1}) {
      byte[] event = new byte[length];
      Arrays.fill(event, (byte) ' ');
      byte[] json = utf8(page(length).json());
      System.arraycopy(json, 0, event, 0, json.length);
      events.add(event);
    }
    trial.send(events);
    byte[] largeKey = new byte[2 << 20];
    trial.sendProfiles(
        List.of(new ProducerRecord<>(trial.topic("events.raw"), 0, largeKey, events.get(4))));
    trial.awaitDecided(events.size() + 1);
    trial.assertExactlyOnce();
    assertThat(trial.restarts()).isZero();

    assertThat(trial.canonical())
        .singleElement()
        .extracting(e -> e.get("page"))
        .hasToString("/" + (1 << 20));
    assertThat(trial.deadLetters())
        .hasSize(6)
        .allSatisfy(letter -> assertThat(letter.get("failure")).hasToString("size_violation"));
    for (GenericRecord letter : trial.deadLetters()) {
      byte[] sent =
          trial.raw().stream()
              .filter(
                  r ->
                      r.partition() == (int) letter.get("partition")
                          && r.offset() == (long) letter.get("offset"))
              .findFirst()
              .orElseThrow()
              .value();
      assertThat(letter.get("bytes_length")).isEqualTo((long) sent.length);
      boolean whole = sent.length <= limit;
      assertThat((ByteBuffer) letter.get("bytes"))
          .isEqualTo(ByteBuffer.wrap(sent, 0, Math.min(limit, sent.length)));
      String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent));
      assertThat(String.valueOf(letter.get("bytes_sha256"))).isEqualTo(whole ? "null" : sha);
    }
  }
}
