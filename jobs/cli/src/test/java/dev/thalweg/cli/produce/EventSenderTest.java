package dev.thalweg.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.record.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventSenderTest {

  private static final int LARGEST = 9 << 20;

  private static KafkaClusterTestKit broker;
  private static String bootstrap;

  @BeforeAll
  static void start() throws Exception {
    broker =
        new KafkaClusterTestKit.Builder(
                new TestKitNodes.Builder()
                    .setCombined(true)
                    .setNumBrokerNodes(1)
                    .setNumControllerNodes(1)
                    .build())
            .setConfigProp("auto.create.topics.enable", "false")
            .build();
    broker.format();
    broker.startup();
    broker.waitForReadyBrokers();
    bootstrap = broker.bootstrapServers();
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  private static String topic(String name) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      NewTopic topic = new NewTopic(name, 1, (short) 1);
      topic.configs(Map.of("max.message.bytes", Integer.toString(LARGEST)));
      admin.createTopics(List.of(topic)).all().get();
    }
    return name;
  }

  private static List<ConsumerRecord<byte[], byte[]>> stored(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "max.partition.fetch.bytes", LARGEST),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, (long) count);
      while (records.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  private static SendReport send(String topic, List<OutgoingRecord> records, Pace pace) {
    try (EventSender sender = EventSender.connect(bootstrap, topic)) {
      return sender.send(records.iterator(), pace, SendProgress.silent());
    }
  }

  private static OutgoingRecord record(int line, byte[] value) {
    byte[] key = line % 2 == 0 ? null : ("k" + line).getBytes(StandardCharsets.UTF_8);
    return new OutgoingRecord(key, value, line);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void keepsBytesKeysAndOrder() throws Exception {
    List<OutgoingRecord> sent =
        IntStream.rangeClosed(1, 1_000).mapToObj(line -> record(line, bytes(line))).toList();
    String topic = topic("order");

    assertThat(send(topic, sent, Pace.unlimited()).acknowledged()).isEqualTo(1_000);
    List<ConsumerRecord<byte[], byte[]>> stored = stored(topic, 1_000);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(stored.get(i).value()).isEqualTo(sent.get(i).value());
      assertThat(stored.get(i).key()).isEqualTo(sent.get(i).key());
    }
  }

  @Test
  void sendsEightMebibytesAndReportsWhatIsLargerThanTheTopicTakes() throws Exception {
    String topic = topic("large");
    SendReport report =
        send(
            topic,
            List.of(
                record(1, bytes(10)),
                record(2, bytes(8 << 20)),
                record(3, bytes(LARGEST + 1)),
                record(4, bytes(20)),
                record(5, new byte[LARGEST + 5])),
            Pace.unlimited());

    assertThat(report.acknowledged()).isEqualTo(3);
    assertThat(report.tooLarge()).isEqualTo(2);
    assertThat(report.firstTooLarge()).isEqualTo(3);
    assertThat(stored(topic, 3))
        .extracting(stored -> stored.value().length)
        .containsExactly(10, 8 << 20, 20);
  }

  @Test
  void keepsToRate() throws Exception {
    List<OutgoingRecord> records =
        IntStream.range(0, 101).mapToObj(line -> record(line, bytes(5))).toList();

    assertThat(send(topic("rate"), records, Pace.perSecond(200)).duration())
        .isGreaterThanOrEqualTo(Duration.ofMillis(499));
  }

  @Test
  void tellsMissingTopicAndMissingBrokerInTime() {
    assertThatThrownBy(() -> EventSender.connect(bootstrap, "absent"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageEndingWith("has no topic absent: run scripts/topics apply");
    long start = System.nanoTime();
    assertThatThrownBy(() -> EventSender.connect("127.0.0.1:1", "any"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Kafka at 127.0.0.1:1 cannot be reached (no answer within 5 s)");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
