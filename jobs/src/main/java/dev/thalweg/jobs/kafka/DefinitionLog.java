package dev.thalweg.jobs.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of definitions: what stands there, and a way to add to it.
 *
 * @param kafka where it is
 * @param topic its name, with the deployment's prefix
 */
public record DefinitionLog(KafkaConfig kafka, String topic) implements Serializable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Refuses missing parts. */
  public DefinitionLog {
    Objects.requireNonNull(kafka, "kafka");
    Objects.requireNonNull(topic, "topic");
  }

  /**
   * Shuts out all other publishers of the topic.
   *
   * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
   */
  public VersionPublisher open() {
    return TransactionalPublisher.open(this);
  }

  /**
   * All versions that are committed when the reading begins.
   *
   * @throws org.apache.kafka.common.KafkaException where they cannot be read
   */
  public PublishedVersions read() {
    Properties properties = kafka.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("allow.auto.create.topics", "false");
    properties.setProperty("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    properties.setProperty("request.timeout.ms", Long.toString(PATIENCE.toMillis()));
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      return read(consumer);
    }
  }

  private PublishedVersions read(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(topic);
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    PublishedVersions versions = new PublishedVersions();
    long before = -1;
    long progress = System.nanoTime();
    while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
      consumer.poll(POLL).forEach(record -> versions.add(record.key(), record.value()));
      long position = partitions.stream().mapToLong(consumer::position).sum();
      if (position != before) {
        before = position;
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new TimeoutException("nothing of " + topic + " came for " + PATIENCE);
      }
    }
    return versions;
  }
}
