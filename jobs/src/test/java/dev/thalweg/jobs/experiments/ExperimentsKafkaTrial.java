package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.kafka.PublishedVersions;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.testkit.FlinkCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The experiments job on a real broker and a real database, under a deployment name of its own. */
public final class ExperimentsKafkaTrial {
  static final String CANONICAL = "events.canonical";
  static final String DEFINITIONS = "experiments.definitions";
  static final String DEAD_LETTERS = "events.dead-letter";
  static final String ASSIGNMENTS = "experiments.assignments";
  static final String SCORECARDS = "experiments.scorecards";
  static final String DECISIONS = "experiments.decisions";
  static final String ROUTE = "experiments.route.";

  /** How many partitions canonical events have. */
  public static final int PARTITIONS = 4;

  /** Longer than any test: checkpoints come when the test asks for them. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FlinkCluster flink;
  private final KafkaBroker kafka;
  private final PostgresConfig postgres;
  private final String deployment;
  private final Configuration settings = new Configuration();
  private JobClient job;
  private int runs;

  /**
   * Creates topics and tables.
   *
   * @param routes names of routes
   */
  public ExperimentsKafkaTrial(
      FlinkCluster flink,
      KafkaBroker kafka,
      PostgresServer postgres,
      String deployment,
      Path directory,
      String... routes) {
    this.flink = flink;
    this.kafka = kafka;
    this.deployment = deployment;
    this.postgres = postgres.newSchema(deployment + "_views");
    kafka.createTopic(topic(CANONICAL), PARTITIONS, Map.of());
    kafka.createTopic(topic(DEFINITIONS), 1, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(topic(DEAD_LETTERS), 2, Map.of());
    kafka.createTopic(topic(ASSIGNMENTS), 2, Map.of());
    kafka.createTopic(topic(SCORECARDS), 2, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(topic(DECISIONS), 1, Map.of());
    for (String route : routes) {
      kafka.createTopic(topic(ROUTE + route), 2, Map.of());
    }
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(5));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.resolve("checkpoints").toUri() + "");
  }

  private String topic(String plain) {
    return deployment + "." + plain;
  }

  /** Starts the job from the earliest records, as the next run; it runs when this returns. */
  public ExperimentsKafkaTrial start(int parallelism, String... definitions) throws Exception {
    runs++;
    List<String> args =
        new ArrayList<>(
            List.of(
                "--base",
                Repository.file("flink-conf/jobs/experiments.yaml").toString(),
                "-Ddeployment=" + deployment,
                "-Dkafka.bootstrap=" + kafka.bootstrap(),
                "-Dkafka.transaction-timeout=5min",
                "-Dpostgres.url=" + postgres.url(),
                "-Dpostgres.user=" + postgres.user(),
                "-Dexperiments.source.idleness=1h",
                "-Dexperiments.source.group=" + group(),
                "-Dexperiments.emit=50ms",
                "-Dviews.run-epoch=" + runs));
    for (String definition : definitions) {
      args.add("-D" + definition);
    }
    StreamExecutionEnvironment env = flink.env(settings);
    env.setParallelism(parallelism);
    ExperimentsJob.define(env, ExperimentsJobConfig.load(args.toArray(String[]::new)));
    job = env.executeAsync(deployment);
    awaitRunning();
    return this;
  }

  private String group() {
    return "experiments-" + runs;
  }

  private void awaitRunning() {
    await()
        .atMost(PATIENCE)
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
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(
            () -> {
              flink
                  .cluster()
                  .triggerCheckpoint(job.getJobID(), CheckpointType.FULL)
                  .get(30, TimeUnit.SECONDS);
              return true;
            });
  }

  /** Kills every TaskManager and starts others; returns when the job was started again. */
  void killTaskManagers() throws Exception {
    int before = restarts();
    flink.killTaskManagers();
    await().atMost(PATIENCE).until(() -> restarts() > before);
    awaitRunning();
  }

  /** How often the busiest task was started again. */
  int restarts() throws Exception {
    int most = 0;
    for (var vertex :
        flink.cluster().getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
      most = Math.max(most, vertex.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return most;
  }

  /** Ends the run without a savepoint. */
  void cancel() throws Exception {
    flink.cluster().cancelJob(job.getJobID()).get(30, TimeUnit.SECONDS);
    flink.cluster().requestJobResult(job.getJobID()).get(30, TimeUnit.SECONDS);
  }

  /** Publishes a version as {@code experiments apply} does. */
  public void publish(ExperimentDefinition definition) {
    byte[] key = PublishedVersions.key(definition).getBytes(StandardCharsets.UTF_8);
    byte[] value = DefinitionJson.write(definition).getBytes(StandardCharsets.UTF_8);
    kafka.send(List.of(new ProducerRecord<>(topic(DEFINITIONS), key, value)));
  }

  /** Sends values to one partition of canonical events. */
  public void send(int partition, List<byte[]> values) {
    send(CANONICAL, partition, values);
  }

  /** Sends values to one partition. */
  void send(String plain, int partition, List<byte[]> values) {
    kafka.send(
        values.stream()
            .map(value -> new ProducerRecord<byte[], byte[]>(topic(plain), partition, null, value))
            .toList());
  }

  /** Checkpoints until the ledger, as this run tells it, says that many records were consumed. */
  public void awaitConsumed(long records) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              checkpoint();
              return total("consumed", "where version >> 40 = " + runs) >= records;
            });
  }

  /**
   * Checkpoints until so many definitions were read before a barrier: all steps know them then, as
   * they stand before it in every channel.
   */
  void awaitDefinitions(int records) {
    TopicPartition partition = new TopicPartition(topic(DEFINITIONS), 0);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              checkpoint();
              var read =
                  KafkaBroker.await(
                          kafka
                              .admin()
                              .listConsumerGroupOffsets(deployment + "." + group())
                              .partitionsToOffsetAndMetadata())
                      .get(partition);
              return read != null && read.offset() >= records;
            });
  }

  /** Waits until more was written to a topic, committed or not, than that. */
  void awaitWritten(String plain, long before) {
    await().atMost(PATIENCE).until(() -> written(plain) > before);
  }

  /** How much was written to a topic, committed or not; markers count too. */
  long written(String plain) {
    return kafka.sent(topic(plain));
  }

  List<ConsumerRecord<byte[], byte[]>> committed(String plain) {
    return kafka.committed(topic(plain));
  }

  /** The rows that a query finds, by column. */
  public List<Map<String, Object>> query(String sql) {
    return PostgresServer.query(postgres, sql);
  }

  /** A column of the ledger, all partitions together. */
  public long total(String column) {
    return total(column, "");
  }

  private long total(String column, String where) {
    String sql = "select coalesce(sum(%s), 0)::bigint as n from ledger %s".formatted(column, where);
    return (Long) query(sql).get(0).get("n");
  }
}
