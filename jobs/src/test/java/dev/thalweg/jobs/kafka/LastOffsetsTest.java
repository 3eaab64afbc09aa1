package dev.thalweg.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a topic ends for one who reads committed records. */
final class LastOffsetsTest {
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();

  private static final byte[] VALUE = {1};

  private String topic;

  @BeforeEach
  void name(TestInfo test) {
    topic = "last-" + test.getTestMethod().orElseThrow().getName();
  }

  private Map<Integer, Long> lastOffsets() {
    return new LastOffsets(KAFKA.config(), topic).lastOffsets();
  }

  private KafkaProducer<byte[], byte[]> transactional() {
    var producer =
        KAFKA.producer(Map.of("transactional.id", topic, "transaction.timeout.ms", "60000"));
    producer.initTransactions();
    return producer;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (sent, failure) -> {
          if (failure != null && !(failure instanceof TransactionAbortedException)) {
            throw new IllegalStateException(failure);
          }
        });
  }

  private void inTransaction(
      KafkaProducer<byte[], byte[]> producer, int partition, int records, boolean commit) {
    producer.beginTransaction();
    for (int i = 0; i < records; i++) {
      send(producer, new ProducerRecord<>(topic, partition, null, VALUE));
    }
    producer.flush();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  @Test
  void emptyTopicHasNone() {
    KAFKA.createTopic(topic, 3, Map.of());
    assertThat(lastOffsets()).isEmpty();
  }

  @Test
  void lastRecordOfEachPartitionThatHoldsAny() {
    KAFKA.createTopic(topic, 3, Map.of());
    KAFKA.send(topic, 2, List.of(VALUE, VALUE, VALUE));
    assertThat(lastOffsets()).containsOnly(Map.entry(0, 1L), Map.entry(1, 0L));
  }

  @Test
  void markersAndAbortedRecordsAtTheEndAreSkipped() {
    KAFKA.createTopic(topic, 2, Map.of());
    try (var producer = transactional()) {
      inTransaction(producer, 0, 5, true);
      for (int i = 0; i < 6; i++) {
        inTransaction(producer, 0, 7, false);
        inTransaction(producer, 1, 3, false);
      }
    }
    assertThat(lastOffsets()).containsOnly(Map.entry(0, 4L));
  }

  @Test
  void openTransactionIsNotWaitedFor() {
    KAFKA.createTopic(topic, 1, Map.of());
    try (var producer = transactional()) {
      inTransaction(producer, 0, 2, true);
      producer.beginTransaction();
      send(producer, new ProducerRecord<>(topic, 0, null, VALUE));
      producer.flush();
      KAFKA.send(topic, 1, List.of(VALUE, VALUE));
      assertThat(lastOffsets()).containsOnly(Map.entry(0, 1L));
      producer.commitTransaction();
    }
    assertThat(lastOffsets()).containsOnly(Map.entry(0, 5L));
  }

  @Test
  void compactedTopicWithGaps() {
    KAFKA.createTopic(
        topic,
        1,
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "1",
            "min.cleanable.dirty.ratio", "0.01"));
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      records.add(new ProducerRecord<>(topic, 0, new byte[] {(byte) (i % 3)}, VALUE));
    }
    KAFKA.send(records.subList(0, 49));
    KAFKA.send(records.subList(49, 50));
    try (var producer = transactional()) {
      inTransactionWithKeys(producer);
    }
    await().until(() -> KAFKA.committed(topic).size() < 40);
    long last = KAFKA.committed(topic).get(KAFKA.committed(topic).size() - 1).offset();
    assertThat(lastOffsets()).containsOnly(Map.entry(0, last));
  }

  private void inTransactionWithKeys(KafkaProducer<byte[], byte[]> producer) {
    for (int i = 0; i < 3; i++) {
      producer.beginTransaction();
      send(producer, new ProducerRecord<>(topic, 0, new byte[] {(byte) i}, VALUE));
      producer.commitTransaction();
    }
  }

  @Test
  void recordsThatWereDeletedAreNotWaitedFor() {
    KAFKA.createTopic(topic, 1, Map.of());
    KAFKA.send(topic, 1, List.of(VALUE, VALUE, VALUE));
    KafkaBroker.await(
        KAFKA
            .admin()
            .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
            .all());
    assertThat(lastOffsets()).isEmpty();
  }

  @Test
  void topicThatDoesNotExistIsNamed() {
    assertThatThrownBy(this::lastOffsets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(topic)
        .hasMessageContaining("there is no such topic; see scripts/topics apply");
  }

  @Test
  void brokerThatDoesNotAnswerIsNamed() {
    KafkaConfig nowhere = new KafkaConfig("127.0.0.1:1", Map.of(), Duration.ofMinutes(1));
    LastOffsets end = new LastOffsets(nowhere, topic, Duration.ofMillis(300));
    assertThatThrownBy(end::lastOffsets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(topic)
        .hasMessageContaining("127.0.0.1:1");
  }
}
