package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic from their beginning. */
public record CommittedRecords(KafkaConnection kafka, String topic) {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int CALL_MILLIS = 15_000;

  /**
   * Hands every record to the reader until that answers false, or, unless it follows, until what
   * was committed at the start is read.
   */
  public void read(boolean follow, Predicate<ConsumerRecord<byte[], byte[]>> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (follow
          || partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition part = new TopicPartition(record.topic(), record.partition());
          if ((follow || record.offset() < ends.get(part)) && !reader.test(record)) {
            return;
          }
        }
      }
    } catch (KafkaException e) {
      throw CommandFailure.failed(
          "Kafka at %s: %s; is the stack up?".formatted(kafka.bootstrap(), RootCause.of(e)), e);
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    Map<String, List<PartitionInfo>> topics = new TreeMap<>(consumer.listTopics());
    return Optional.ofNullable(topics.get(topic))
        .orElseThrow(
            () ->
                CommandFailure.wrongInput(
                    "there is no topic '%s', only %s"
                        .formatted(
                            topic,
                            String.join(
                                ", ",
                                topics.keySet().stream()
                                    .filter(name -> !name.startsWith("__"))
                                    .toList()))))
        .stream()
        .map(part -> new TopicPartition(topic, part.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrap(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            CALL_MILLIS,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
