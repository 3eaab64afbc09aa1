package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ingest job on a real broker and a real database, under a deployment name of its own. */
final class IngestTrial {
  static final int PARTITIONS = 3;

  /** Longer than any test: checkpoints come when the test asks for them. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Contract DEAD_LETTER = TestEvents.catalog().record("dead_letter");
  private static final Contract PROFILE = TestEvents.catalog().record("profile");

  private final FlinkCluster flink;
  private final KafkaBroker kafka;
  private final PostgresConfig postgres;
  private final String deployment;
  private final Path directory;
  private final Configuration settings = new Configuration();
  private ContractCatalog contracts = TestEvents.catalog();
  private JobClient job;

  /** Creates topics and tables. */
  IngestTrial(
      FlinkCluster flink,
      KafkaBroker kafka,
      PostgresServer postgres,
      String deployment,
      Path directory) {
    this.flink = flink;
    this.kafka = kafka;
    this.deployment = deployment;
    this.directory = directory;
    this.postgres = postgres.newSchema(deployment + "_views");
    kafka.createTopic(topic("events.raw"), PARTITIONS, Map.of());
    kafka.createTopic(topic("events.canonical"), PARTITIONS, Map.of());
    kafka.createTopic(topic("events.dead-letter"), PARTITIONS, Map.of());
    kafka.createTopic(topic("reference.profiles"), 2, Map.of("cleanup.policy", "compact"));
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
  }

  String topic(String plain) {
    return deployment + "." + plain;
  }

  /** Reads the canonical topic by other contracts. */
  IngestTrial readingBy(ContractCatalog other) {
    contracts = other;
    return this;
  }

  /** Keeps state in RocksDB. */
  IngestTrial onRocksDb() {
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    return this;
  }

  /** Starts the job; it runs when this returns. */
  IngestTrial start(int parallelism, String... definitions) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--base",
                Repository.file("flink-conf/jobs/ingest.yaml").toString(),
                "-Ddeployment=" + deployment,
                "-Dkafka.bootstrap=" + kafka.bootstrap(),
                "-Dkafka.transaction-timeout=5min",
                "-Dpostgres.url=" + postgres.url(),
                "-Dpostgres.user=" + postgres.user(),
                "-Dingest.source.idleness=100ms"));
    for (String definition : definitions) {
      args.add("-D" + definition);
    }
    StreamExecutionEnvironment env = flink.env(settings);
    env.setParallelism(parallelism);
    IngestJob.define(env, IngestConfig.load(args.toArray(String[]::new)));
    job = env.executeAsync(deployment);
    awaitRunning();
    return this;
  }

  private void awaitRunning() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JobStatus status = job.getJobStatus().get();
              assertThat(status.isGloballyTerminalState()).as(status.name()).isFalse();
              return status == JobStatus.RUNNING;
            });
  }

  /** Takes a checkpoint, as soon as all tasks run. */
  void checkpoint() {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(
            () -> {
              flink
                  .cluster()
                  .triggerCheckpoint(id(), CheckpointType.FULL)
                  .get(30, TimeUnit.SECONDS);
              return true;
            });
  }

  JobID id() {
    return job.getJobID();
  }

  /** How often the busiest task was started again. */
  int restarts() {
    int most = 0;
    try {
      for (var vertex : flink.cluster().getExecutionGraph(id()).get().getAllExecutionVertices()) {
        most = Math.max(most, vertex.getCurrentExecutionAttempt().getAttemptNumber());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return most;
  }

  /** Kills every TaskManager and starts others; returns when the job was started again. */
  void killTaskManagers() {
    int before = restarts();
    try {
      flink.killTaskManagers();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> restarts() > before);
    awaitRunning();
  }

  /** Stops with a canonical savepoint, from which the next start goes on. */
  String stop() throws Exception {
    String path =
        job.stopWithSavepoint(
                false,
                directory.resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
    return path;
  }

  void send(List<byte[]> events) {
    kafka.send(topic("events.raw"), PARTITIONS, events);
  }

  void sendTo(int partition, byte[] event) {
    kafka.send(List.of(new ProducerRecord<>(topic("events.raw"), partition, null, event)));
  }

  void sendProfiles(List<ProducerRecord<byte[], byte[]>> profiles) {
    kafka.send(profiles);
  }

  /** A profile as it stands in its topic. */
  ProducerRecord<byte[], byte[]> profile(String user, String country) {
    byte[] value =
        new AvroBuffer()
            .reset()
            .header(PROFILE.fingerprint())
            .text(user)
            .number(0)
            .textMap(Map.of("country", country))
            .toByteArray();
    return new ProducerRecord<>(
        topic("reference.profiles"), user.getBytes(StandardCharsets.UTF_8), value);
  }

  /** How many accepted events the sink has sent, committed or not; markers count too. */
  long sent() {
    return kafka.sent(topic("events.canonical"));
  }

  /** Waits until the sink has sent that many. */
  void awaitSent(long records) {
    await().atMost(Duration.ofSeconds(60)).until(() -> sent() >= records);
  }

  /** Checkpoints until the ledger and the topics say that those records were decided. */
  void awaitDecided(long records) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              checkpoint();
              return total("consumed") >= records
                  && kafka.committed(topic("events.canonical")).size() >= total("accepted")
                  && kafka.committed(topic("events.dead-letter")).size() >= total("dead_letter");
            });
  }

  /** The accepted events, committed, by their contracts. */
  List<GenericRecord> canonical() {
    List<GenericRecord> events = new ArrayList<>();
    for (var record : kafka.committed(topic("events.canonical"))) {
      Contract contract =
          contracts.byCanonicalFingerprint(SingleObject.fingerprint(record.value()));
      GenericRecord event = decode(contract.canonicalSchema(), record.value());
      Object subject =
          event.get("user_id") == null ? event.get("anonymous_id") : event.get("user_id");
      assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(subject.toString());
      events.add(event);
    }
    return events;
  }

  List<ConsumerRecord<byte[], byte[]>> raw() {
    return kafka.committed(topic("events.raw"));
  }

  List<GenericRecord> deadLetters() {
    return kafka.committed(topic("events.dead-letter")).stream()
        .map(record -> decode(DEAD_LETTER.schema(), record.value()))
        .toList();
  }

  private static GenericRecord decode(Schema schema, byte[] bytes) {
    try {
      return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Map<String, Object>> query(String sql) {
    return PostgresServer.query(postgres, sql);
  }

  /** A column of the ledger, all partitions together. */
  long total(String column) {
    return (Long)
        query("select coalesce(sum(" + column + "), 0)::bigint as n from ledger").get(0).get("n");
  }

  /** The invariants: each event once, every record accounted for in its partition. */
  void assertExactlyOnce() {
    assertExactlyOnceBut(0);
  }

  /** The same, where so many dead letters are profiles, which the ledger does not count. */
  void assertExactlyOnceBut(long profiles) {
    assertThat(canonical()).extracting(e -> e.get("event_id").toString()).doesNotHaveDuplicates();
    assertThat(deadLetters())
        .extracting(letter -> letter.get("partition") + "/" + letter.get("offset"))
        .doesNotHaveDuplicates();
    assertThat(
            query(
                "select * from ledger where consumed <> accepted + duplicate + late + dead_letter"))
        .isEmpty();
    assertThat(query("select partition, consumed from ledger order by partition"))
        .as("every record is counted, in its partition")
        .isEqualTo(rawByPartition());
    assertThat((long) canonical().size()).isEqualTo(total("accepted"));
    assertThat(deadLetters().size() - profiles).isEqualTo(total("dead_letter"));
    assertThat(query("select coalesce(sum(events), 0)::bigint as n from dead_letter_counts"))
        .isEqualTo(List.of(Map.of("n", total("dead_letter") + profiles)));
  }

  private List<Map<String, Object>> rawByPartition() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int wanted = partition;
      long records = raw().stream().filter(record -> record.partition() == wanted).count();
      if (records > 0) {
        rows.add(Map.of("partition", partition, "consumed", records));
      }
    }
    return rows;
  }
}
