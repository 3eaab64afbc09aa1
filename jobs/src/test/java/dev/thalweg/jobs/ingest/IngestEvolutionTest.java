package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractSource.ContractFile;
import dev.thalweg.schemas.testkit.TestContractFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contracts that change under a job and its savepoints. */
final class IngestEvolutionTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final ContractFile V1 = bill(1, "{'name': 'amount', 'type': 'int'}");

  /** An optional field more. */
  private static final ContractFile V2 =
      bill(
          2,
          "{'name': 'amount', 'type': 'int'},"
              + "{'name': 'channel', 'type': 'string', 'default': 'web'}");

  /** Another default, and a field that is to go. */
  private static final ContractFile V3 =
      bill(
          3,
          "{'name': 'amount', 'type': 'int', 'deprecated': {'since': '2026-11-01', 'sunset':"
              + " '2027-11-01', 'replacement': 'amount_cents', 'reason': 'whole units only'}},"
              + "{'name': 'channel', 'type': 'string', 'default': 'shop'}");

  private static final ContractCatalog ALL = ContractCatalog.load(() -> List.of(V1, V2, V3));

  @TempDir private Path directory;
  private Path contracts;

  private static ContractFile bill(int version, String attributes) {
    return TestContractFiles.event("bill", version, attributes, "");
  }

  @BeforeEach
  void createDirectory() throws IOException {
    contracts = Files.createDirectories(directory.resolve("contracts"));
  }

  private void release(ContractFile file) {
    try {
      Path target = contracts.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void withdraw(ContractFile file) throws IOException {
    Files.delete(contracts.resolve(file.path()));
  }

  private IngestTrial trial(String deployment) {
    return new IngestTrial(FLINK, KAFKA, POSTGRES, deployment, directory).readingBy(ALL);
  }

  private IngestTrial start(IngestTrial trial, int epoch, String... definitions) throws Exception {
    return trial.start(
        2,
        Stream.concat(
                Stream.of("views.run-epoch=" + epoch, "contracts.path=" + contracts),
                Stream.of(definitions))
            .toArray(String[]::new));
  }

  private static byte[] json(int version, String id) {
    return TestEvents.event("bill")
        .with("contract_version", version)
        .with("amount", version)
        .id(id)
        .json()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] avro(int version, String id) {
    Schema schema = ALL.find("bill", version).orElseThrow().schema();
    GenericRecord event =
        new GenericRecordBuilder(schema)
            .set("event_id", id)
            .set("event_time", TestEvents.NOON)
            .set("user_id", "u1")
            .set("amount", version)
            .build();
    try {
      ByteBuffer bytes = new BinaryMessageEncoder<>(GenericData.get(), schema).encode(event);
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All versions in turn, each twice as JSON and as Avro. */
  private static List<byte[]> interleaved(String prefix) {
    return Stream.of("3-a", "1-a", "2-a", "1-b", "3-b", "2-b")
        .flatMap(
            place -> {
              int version = place.charAt(0) - '0';
              String id = prefix + "-" + place + "-";
              return Stream.of(json(version, id + "json"), avro(version, id + "avro"));
            })
        .toList();
  }

  private static List<GenericRecord> accepted(IngestTrial trial, String prefix) {
    return trial.canonical().stream()
        .filter(event -> event.get("event_id").toString().startsWith(prefix + "-"))
        .toList();
  }

  private static void assertReadAs(List<GenericRecord> events, int version, String added) {
    for (GenericRecord event : events) {
      int written = Integer.parseInt(event.get("event_id").toString().split("-", -1)[1]);
      String channel = written == 1 ? added : written == 2 ? "web" : "shop";
      assertThat(event.get("contract_version")).isEqualTo(version);
      assertThat(event.get("amount")).isEqualTo(written);
      assertThat(event.get("channel")).hasToString(channel);
      assertThat(event.get("enrichment"))
          .hasToString(written == version ? "{}" : "{contract.written_version=" + written + "}");
    }
  }

  private static long unknown(IngestTrial trial) {
    return trial.deadLetters().stream()
        .filter(letter -> letter.get("failure").toString().equals("unknown_version"))
        .count();
  }

  @Test
  void versionsInterleaveAcrossAnUpgradeAndADowngrade() throws Exception {
    release(V1);
    release(V2);
    IngestTrial trial = start(trial("upgrade"), 1);
    List<byte[]> before = interleaved("before");
    trial.send(before);
    trial.awaitDecided(12);
    assertThat(accepted(trial, "before")).hasSize(8);
    assertReadAs(accepted(trial, "before"), 2, "web");
    assertThat(unknown(trial)).isEqualTo(4);

    trial.stop();
    release(V3);
    start(trial, 2);
    trial.send(before);
    trial.send(interleaved("upgraded"));
    trial.awaitDecided(36);
    assertThat(trial.total("duplicate")).as("the state was kept").isEqualTo(8);
    List<GenericRecord> again = accepted(trial, "before");
    assertThat(again).as("what was unknown, produced again").hasSize(12);
    assertReadAs(again.subList(8, 12), 3, "shop");
    assertThat(accepted(trial, "upgraded")).hasSize(12);
    assertReadAs(accepted(trial, "upgraded"), 3, "shop");

    trial.stop();
    withdraw(V3);
    start(trial, 3);
    trial.send(before);
    trial.send(interleaved("downgraded"));
    trial.awaitDecided(60);
    assertThat(accepted(trial, "downgraded")).hasSize(8);
    assertReadAs(accepted(trial, "downgraded"), 2, "web");
    assertThat(trial.total("duplicate")).isEqualTo(8 + 8);
    assertThat(trial.total("dead_letter")).isEqualTo(4 + 4 + 4);
    trial.assertExactlyOnce();
  }

  @Test
  void newContractsReachTheRunningJob() throws Exception {
    release(V1);
    IngestTrial trial = start(trial("refresh"), 1, "contracts.refresh=1s");
    trial.send(List.of(json(1, "first-1"), json(2, "early-2"), avro(2, "early-2a")));
    trial.awaitDecided(3);
    assertThat(trial.total("accepted")).isEqualTo(1);
    assertThat(unknown(trial)).isEqualTo(2);

    release(V2);
    int[] probes = {0};
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              probes[0]++;
              trial.send(List.of(json(2, "probe-2-" + probes[0])));
              trial.awaitDecided(3L + probes[0]);
              assertThat(accepted(trial, "probe")).isNotEmpty();
            });
    trial.send(List.of(json(2, "early-2"), avro(2, "early-2a"), json(1, "late-1")));
    trial.awaitDecided(6L + probes[0]);
    assertThat(accepted(trial, "early")).hasSize(2);
    assertReadAs(accepted(trial, "late"), 2, "web");

    // Only the checkpoint knows of it now.
    withdraw(V2);
    trial.killTaskManagers();
    trial.send(List.of(json(2, "after-2")));
    trial.awaitDecided(7L + probes[0]);
    assertThat(accepted(trial, "after")).hasSize(1);
    trial.stop();
    start(trial, 2, "contracts.refresh=1s");
    trial.send(List.of(json(2, "gone-2"), json(1, "back-1")));
    trial.awaitDecided(9L + probes[0]);
    assertThat(accepted(trial, "gone")).isEmpty();
    assertThat(accepted(trial, "back")).hasSize(1);
    trial.assertExactlyOnce();
  }
}
