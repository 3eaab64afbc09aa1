package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.enrich.ReferenceEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds the last committed record of each partition of a topic. The end offset alone will not do:
 * before it may stand markers of transactions, which nobody ever reads. What stands after the
 * beginning of a transaction that is still open is not there yet.
 */
final class LastOffsets implements ReferenceEnd {
  private static final long serialVersionUID = 1L;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConfig kafka;
  private final String topic;
  private final Duration patience;

  LastOffsets(KafkaConfig kafka, String topic) {
    this(kafka, topic, PATIENCE);
  }

  /** One that fails where nothing at all comes for so long. */
  LastOffsets(KafkaConfig kafka, String topic, Duration patience) {
    this.kafka = kafka;
    this.topic = topic;
    this.patience = patience;
  }

  @Override
  public Map<Integer, Long> lastOffsets() {
    Properties properties = kafka.clientProperties();
    properties.setProperty("client.id", "end-of-" + topic);
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("auto.offset.reset", "none");
    properties.setProperty("allow.auto.create.topics", "false");
    properties.setProperty("default.api.timeout.ms", Long.toString(patience.toMillis()));
    properties.setProperty(
        "request.timeout.ms", Long.toString(Math.min(30_000, patience.toMillis())));
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      return lastOffsets(consumer);
    } catch (KafkaException e) {
      throw new IllegalStateException(
          "the end of topic " + topic + " cannot be found at " + kafka.bootstrap() + ": " + why(e),
          e);
    }
  }

  private static String why(KafkaException e) {
    boolean absent =
        e instanceof UnknownTopicOrPartitionException || e instanceof InvalidTopicException;
    return absent ? "there is no such topic; see scripts/topics apply" : e.getMessage();
  }

  private Map<Integer, Long> lastOffsets(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(topic);
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<Integer, Long> last = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long offset = lastRecord(consumer, partition, begins.get(partition), ends.get(partition));
      if (offset >= 0) {
        last.put(partition.partition(), offset);
      }
    }
    return last;
  }

  /**
   * Looks back from the end, each time twice as far, until a record is found; -1 if there is none.
   */
  private long lastRecord(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
    consumer.assign(List.of(partition));
    for (long back = 1; end - back / 2 > begin; back *= 2) {
      consumer.seek(partition, Math.max(begin, end - back));
      try {
        long found = lastRecordBefore(end, consumer, partition);
        if (found >= 0) {
          return found;
        }
      } catch (OffsetOutOfRangeException e) {
        // What stood there has just been removed by the topic's retention: nothing to wait for.
        return -1;
      }
    }
    return -1;
  }

  private long lastRecordBefore(
      long end, KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    long found = -1;
    long progress = System.nanoTime();
    long before = consumer.position(partition);
    while (before < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        found = record.offset() < end ? record.offset() : found;
      }
      long position = consumer.position(partition);
      if (position != before) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > patience.toNanos()) {
        throw new TimeoutException(
            "partition "
                + partition.partition()
                + " gives nothing beyond offset "
                + position
                + ", though it should end at "
                + end
                + "; was the topic deleted or created anew?");
      }
      before = position;
    }
    return found;
  }
}
