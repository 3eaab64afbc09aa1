package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.enrich.ReferenceEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the last committed record of each partition of a topic. The end offset alone will not do:
 * before it may stand markers of transactions, which nobody ever reads.
 */
final class LastOffsets implements ReferenceEnd {
  private static final long serialVersionUID = 1L;
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConfig kafka;
  private final String topic;

  LastOffsets(KafkaConfig kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  @Override
  public Map<Integer, Long> lastOffsets() {
    Properties properties = kafka.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    var bytes = new ByteArrayDeserializer();
    Map<Integer, Long> last = new HashMap<>();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long offset = lastRecord(consumer, partition, begins.get(partition), ends.get(partition));
        if (offset >= 0) {
          last.put(partition.partition(), offset);
        }
      }
    }
    return last;
  }

  /**
   * Looks back from the end, each time twice as far, until a record is found; -1 if there is none.
   */
  private static long lastRecord(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
    consumer.assign(List.of(partition));
    for (long back = 1; end - back / 2 > begin; back *= 2) {
      consumer.seek(partition, Math.max(begin, end - back));
      long found = -1;
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          found = record.offset() < end ? record.offset() : found;
        }
      }
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }
}
