package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.testkit.FlinkCluster;
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
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The metrics job on a real broker and a real database, under a deployment name of its own. */
final class MetricsKafkaTrial {
  static final String CANONICAL = "events.canonical";
  static final String VALUES = "metrics.values";
  static final String LATE = "metrics.late";
  static final String DEAD_LETTERS = "events.dead-letter";

  /** Longer than any test: checkpoints come when the test asks for them. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FlinkCluster flink;
  private final KafkaBroker kafka;
  private final PostgresConfig postgres;
  private final String deployment;
  private final Path directory;
  private final Configuration settings = new Configuration();
  private JobClient job;
  private int runs;

  /** Creates topics and tables. */
  MetricsKafkaTrial(
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
    kafka.createTopic(topic(CANONICAL), MetricsStream.PARTITIONS, Map.of());
    kafka.createTopic(topic(VALUES), 3, Map.of("cleanup.policy", "compact"));
    kafka.createTopic(topic(LATE), 2, Map.of());
    kafka.createTopic(topic(DEAD_LETTERS), 2, Map.of());
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

  /** Starts the job over what that file declares, as the next run; it runs when this returns. */
  MetricsKafkaTrial start(int parallelism, Path declared) throws Exception {
    submit(parallelism, declared);
    awaitRunning();
    return this;
  }

  private void submit(int parallelism, Path declared) throws Exception {
    runs++;
    MetricsJobConfig config =
        MetricsJobConfig.load(
            "--base",
            Repository.file("flink-conf/jobs/metrics.yaml").toString(),
            "--config",
            declared.toString(),
            "-Ddeployment=" + deployment,
            "-Dkafka.bootstrap=" + kafka.bootstrap(),
            "-Dkafka.transaction-timeout=5min",
            "-Dpostgres.url=" + postgres.url(),
            "-Dpostgres.user=" + postgres.user(),
            "-Dmetrics.source.idleness=1h",
            "-Dviews.run-epoch=" + runs);
    StreamExecutionEnvironment env = flink.env(settings);
    env.setParallelism(parallelism);
    MetricsJob.define(env, config);
    job = env.executeAsync(deployment);
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

  /** Starts the job, which must refuse to run; answers why. */
  Throwable startRefused(int parallelism, Path declared) throws Exception {
    submit(parallelism, declared);
    try {
      job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
      throw new AssertionError("the job ran");
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }
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
    flink.killTaskManagers();
    await().atMost(PATIENCE).until(() -> restarts() > 0);
    awaitRunning();
  }

  private int restarts() throws Exception {
    int most = 0;
    for (var vertex :
        flink.cluster().getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
      most = Math.max(most, vertex.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return most;
  }

  /** Stops with a savepoint, from which the next start goes on; answers where it is. */
  String stop() throws Exception {
    String path =
        job.stopWithSavepoint(
                false,
                directory.resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    goOnFrom(path);
    return path;
  }

  /** The next start goes on from that savepoint. */
  void goOnFrom(String savepoint) {
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  /** Sends values to one partition of canonical events. */
  void send(int partition, List<byte[]> values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ProducerRecord<>(topic(CANONICAL), partition, null, value));
    }
    kafka.send(records);
  }

  /** Checkpoints until the ledger, as this run tells it, says that many records were consumed. */
  void awaitConsumed(long records) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              checkpoint();
              return total("consumed", "where version >> 40 = " + runs) >= records;
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

  List<Map<String, Object>> query(String sql) {
    return PostgresServer.query(postgres, sql);
  }

  /** A column of the ledger, all partitions together. */
  long total(String column) {
    return total(column, "");
  }

  private long total(String column, String where) {
    String sql = "select coalesce(sum(%s), 0)::bigint as n from ledger %s".formatted(column, where);
    return (Long) query(sql).get(0).get("n");
  }
}
