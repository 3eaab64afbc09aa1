package dev.thalweg.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.Progress;
import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.kafka.TopicChange;
import dev.thalweg.cli.kafka.TopicDeclaration;
import dev.thalweg.cli.kafka.TopicsApplication;
import dev.thalweg.cli.kafka.TopicsFile;
import dev.thalweg.cli.postgres.Migrations;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.postgres.RunEpochs;
import dev.thalweg.jobs.Deployment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One real stack; what is done to it last is done last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackTest {

  private static final Path ROOT = Path.of(System.getenv("THALWEG_ROOT"));
  private static final Deployment ONLY = new Deployment("");

  @TempDir private static Path home;
  @TempDir private static Path otherHome;

  private static LocalStack stack;

  @BeforeAll
  static void up() {
    stack = new LocalStack(StackSettings.onFreePorts(ROOT, home), Progress.silent());
    stack.up();
  }

  @AfterAll
  static void down() {
    stack.down();
  }

  @Test
  @Order(1)
  void everythingAnswers() {
    assertThat(stack.processes()).hasSize(Service.values().length).allMatch(StackProcess::answers);
    assertThat(new FlinkCluster(stack.addresses().flink()).freeSlots()).isEqualTo(8);
  }

  @Test
  @Order(1)
  void topicsAreAsDeclared() {
    TopicsFile declared = TopicsFile.read(TopicsFile.of(ROOT));

    assertThat(topics(ONLY).apply(declared)).noneMatch(TopicChange::isChange);
    assertThat(topics(ONLY).present(declared)).hasSameSizeAs(declared.topics());
  }

  @Test
  @Order(1)
  void partitionsGrowAndNeverShrink() {
    Deployment deployment = new Deployment("growing");
    TopicDeclaration small = TopicsFile.read(TopicsFile.of(ROOT)).topics().get(0);
    TopicDeclaration large =
        new TopicDeclaration(
            small.name(),
            small.partitions() + 1,
            small.replication(),
            small.cleanup(),
            Optional.of(Duration.ofDays(3)),
            small.maxMessageBytes());
    topics(deployment).apply(new TopicsFile(List.of(small)));

    List<TopicChange> changes = topics(deployment).apply(new TopicsFile(List.of(large)));

    assertThat(changes.get(0).topic()).isEqualTo("growing.events.raw");
    assertThat(changes.get(0).changes())
        .contains("partitions 4 -> 5", "retention.ms 604800000 -> 259200000");
    assertThatThrownBy(() -> topics(deployment).apply(new TopicsFile(List.of(small))))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has 5 partitions and 4 are declared");
  }

  @Test
  @Order(1)
  void tablesAreThereForEachDeployment() throws Exception {
    Migrations blue = new Migrations(stack.addresses().postgres(), new Deployment("blue"));
    assertThat(blue.pending()).isTrue();
    assertThat(blue.apply()).isPositive();
    assertThat(blue.pending()).isFalse();

    for (String schema : List.of("views", "blue_views")) {
      assertThat(tables(schema)).contains("dead_letter_counts", "ledger", "runs");
    }
  }

  @Test
  @Order(1)
  void runsAreNumberedPerJob() {
    RunEpochs epochs = new RunEpochs(stack.addresses().postgres(), ONLY);

    assertThat(epochs.latest("one")).isZero();
    assertThat(epochs.next("one", Optional.empty(), Optional.empty())).isEqualTo(1);
    assertThat(epochs.next("one", Optional.of("/savepoint"), Optional.empty())).isEqualTo(2);
    assertThat(epochs.next("another", Optional.empty(), Optional.empty())).isEqualTo(1);
    assertThat(epochs.latest("one")).isEqualTo(2);
  }

  @Test
  @Order(1)
  void onlyCommittedRecordsAreRead() {
    String topic = "events.raw";
    KafkaConnection kafka = KafkaConnection.to(stack.addresses().kafkaBootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrap(),
                "transactional.id",
                "local-stack-test",
                "max.request.size",
                9 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "aborted".getBytes(StandardCharsets.UTF_8)));
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "committed".getBytes(StandardCharsets.UTF_8)));
      producer.send(new ProducerRecord<>(topic, new byte[8 * 1024 * 1024]));
      producer.commitTransaction();
    }

    // The broker marks a committed transaction in each partition after it has said yes.
    await()
        .untilAsserted(
            () -> {
              List<Integer> sizes = new ArrayList<>();
              new CommittedRecords(kafka, topic)
                  .read(false, record -> sizes.add(record.value().length));
              assertThat(sizes).containsExactlyInAnyOrder("committed".length(), 8 * 1024 * 1024);
            });
  }

  @Test
  @Order(1)
  void aBusyPortIsNamedAndNothingIsLeft() {
    int busy = stack.process(Service.KAFKA).port();
    LocalStack other =
        new LocalStack(
            StackSettings.onFreePorts(ROOT, otherHome).withKafkaPort(busy), Progress.silent());

    assertThatThrownBy(other::up)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Kafka cannot start: port " + busy)
        .hasMessageContaining("THALWEG_KAFKA_PORT")
        .hasMessageNotContaining("\n");
    assertThat(other.processes()).noneMatch(StackProcess::isAlive);
  }

  @Test
  @Order(2)
  void upTwiceStartsNothing() {
    List<Optional<Long>> before = stack.processes().stream().map(StackProcess::pid).toList();

    new LocalStack(StackSettings.onFreePorts(ROOT, home), Progress.silent()).up();

    assertThat(stack.processes().stream().map(StackProcess::pid).toList()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aKilledProcessIsSeenAndStartedAgain() {
    for (Service service : List.of(Service.POSTGRES, Service.TASKMANAGER)) {
      StackProcess process = stack.process(service);
      long killed = process.pid().orElseThrow();

      process.kill();

      assertThat(process.isAlive()).isFalse();
      assertThat(process.answers()).isFalse();
      process.start();
      process.awaitReady();
      assertThat(process.pid()).isPresent().get().isNotEqualTo(killed);
    }
    FlinkCluster cluster = new FlinkCluster(stack.addresses().flink());
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(cluster.slots()).isEqualTo(8));
    stack.up();
  }

  @Test
  @Order(4)
  void resetLeavesNoProcessAndNoState() {
    List<ProcessHandle> handles =
        stack.processes().stream()
            .flatMap(process -> process.pid().stream())
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .toList();
    assertThat(handles).hasSize(5);

    stack.reset();

    assertThat(handles).noneMatch(ProcessHandle::isAlive);
    assertThat(stack.processes()).noneMatch(StackProcess::isAlive);
    assertThat(home.resolve("kafka")).doesNotExist();
    assertThat(home.resolve("postgres").resolve("data")).doesNotExist();
    assertThat(stack.down()).isZero();
  }

  private static TopicsApplication topics(Deployment deployment) {
    return new TopicsApplication(
        KafkaConnection.to(stack.addresses().kafkaBootstrap()), deployment);
  }

  private static TreeSet<String> tables(String schema) throws Exception {
    PostgresAddress address = stack.addresses().postgres();
    TreeSet<String> tables = new TreeSet<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = '"
                    + schema
                    + "'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
