package dev.thalweg.jobs.testkit;

import dev.thalweg.jobs.kafka.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kafka broker in the test's process, on a free port, started with the first test class that
 * asks for it and shared by all that follow: take topics of your own. Register it as a static field
 * with {@code @RegisterExtension}.
 */
public final class KafkaBroker implements BeforeAllCallback {
  private static final int LARGEST = 9 << 20;
  private static final Duration POLL = Duration.ofMillis(100);

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(KafkaBroker.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** The broker's address. */
  public String bootstrap() {
    return running.kafka.bootstrapServers();
  }

  /** How a job reaches it. */
  public KafkaConfig config() {
    return new KafkaConfig(bootstrap(), Map.of(), Duration.ofMinutes(5));
  }

  /** For administration. */
  public Admin admin() {
    return running.admin;
  }

  /** Creates a topic with the settings of all Thalweg topics, and more. */
  public void createTopic(String name, int partitions, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("message.timestamp.type", "LogAppendTime");
    settings.put("max.message.bytes", Integer.toString(LARGEST));
    await(
        admin()
            .createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
            .all());
    // Created by the controller; the broker hears of it a little later.
    Awaitility.await()
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(() -> sent(name) == 0);
  }

  /** Waits for an answer of the broker. */
  public static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A producer; the caller closes it. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrap());
    properties.setProperty("max.request.size", Integer.toString(4 * LARGEST));
    properties.setProperty("buffer.memory", Integer.toString(8 * LARGEST));
    properties.setProperty("compression.type", "lz4");
    properties.putAll(more);
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(properties, bytes, bytes);
  }

  /** Sends values without key, one after the other round the partitions, and waits for the acks. */
  public void send(String topic, int partitions, List<byte[]> values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      records.add(new ProducerRecord<>(topic, i % partitions, null, values.get(i)));
    }
    send(records);
  }

  /** Sends records and waits for the acknowledgements. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer = producer(Map.of())) {
      var answers = records.stream().map(producer::send).toList();
      producer.flush();
      for (var answer : answers) {
        answer.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The committed records of a topic at this moment, by partition and offset. */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrap());
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("fetch.max.wait.ms", "20");
    properties.setProperty("max.partition.fetch.bytes", Integer.toString(LARGEST));
    var bytes = new ByteArrayDeserializer();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    records.sort(
        Comparator.comparingInt((ConsumerRecord<byte[], byte[]> record) -> record.partition())
            .thenComparingLong(ConsumerRecord::offset));
    return records;
  }

  /** How many records were written to a topic so far, committed or not; markers count too. */
  public long sent(String topic) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    await(admin().describeTopics(Set.of(topic)).allTopicNames())
        .get(topic)
        .partitions()
        .forEach(p -> latest.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
    return await(admin().listOffsets(latest).all()).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Texts as values. */
  public static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Closed with the last test of the process. */
  private static final class Running implements AutoCloseable {
    private final KafkaClusterTestKit kafka;
    private final Admin admin;

    Running() {
      try {
        kafka =
            new KafkaClusterTestKit.Builder(
                    new TestKitNodes.Builder()
                        .setCombined(true)
                        .setNumBrokerNodes(1)
                        .setNumControllerNodes(1)
                        .build())
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("offsets.topic.num.partitions", "1")
                .setConfigProp("transaction.state.log.replication.factor", "1")
                .setConfigProp("transaction.state.log.min.isr", "1")
                .setConfigProp("transaction.state.log.num.partitions", "2")
                .setConfigProp("group.initial.rebalance.delay.ms", "0")
                .setConfigProp("auto.create.topics.enable", "false")
                .setConfigProp("message.max.bytes", Integer.toString(LARGEST))
                .setConfigProp("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20))
                .setConfigProp("log.cleaner.backoff.ms", "100")
                .build();
        kafka.format();
        kafka.startup();
        kafka.waitForReadyBrokers();
        admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()));
      } catch (Exception e) {
        throw new IllegalStateException("the test broker does not start", e);
      }
    }

    @Override
    public void close() throws Exception {
      admin.close();
      kafka.close();
    }
  }
}
