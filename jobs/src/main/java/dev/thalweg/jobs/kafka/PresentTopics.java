package dev.thalweg.jobs.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics there are. A producer that is given a record for a topic that is not there waits for
 * it, and fails. One that was there is not asked for again, one that was not a minute later.
 * Brokers that do not answer fail whoever asks: silence does not mean that there is no topic.
 */
final class PresentTopics {
  private static final Logger LOG = LoggerFactory.getLogger(PresentTopics.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConfig kafka;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final Set<String> present = new HashSet<>();
  private final Set<String> absent = new HashSet<>();
  private long askedAt;

  /**
   * Nothing is known yet.
   *
   * @param nanoTime a clock that only goes on
   */
  PresentTopics(KafkaConfig kafka, LongSupplier nanoTime) {
    this(kafka, nanoTime, PATIENCE);
  }

  /** One that waits for so long for an answer. */
  PresentTopics(KafkaConfig kafka, LongSupplier nanoTime, Duration patience) {
    this.kafka = kafka;
    this.nanoTime = nanoTime;
    this.patience = patience;
  }

  boolean has(String topic) {
    if (present.contains(topic)) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (absent.contains(topic) && now - askedAt < PAUSE_NANOS) {
      return false;
    }
    Set<String> asked = new HashSet<>(absent);
    asked.add(topic);
    ask(asked);
    askedAt = now;
    return present.contains(topic);
  }

  private void ask(Set<String> topics) {
    Properties properties = kafka.clientProperties();
    properties.setProperty("client.id", "topics-of-routes");
    properties.setProperty("default.api.timeout.ms", Long.toString(patience.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin.describeTopics(topics).topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
        learn(answer.getKey(), answer.getValue());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void learn(String topic, KafkaFuture<TopicDescription> answer)
      throws InterruptedException {
    try {
      answer.get();
      if (absent.remove(topic)) {
        LOG.info("Topic {} is there now; its records are written from here on", topic);
      }
      present.add(topic);
    } catch (ExecutionException e) {
      if (!isAbsent(e.getCause())) {
        throw new IllegalStateException(
            "whether there is a topic %s is not known, as Kafka at %s does not say: %s"
                .formatted(topic, kafka.bootstrap(), e.getCause().getMessage()),
            e.getCause());
      }
      if (absent.add(topic)) {
        LOG.warn(
            "There is no topic {} that may be written to; its records are left out until there is,"
                + " see flink-conf/topics.yaml",
            topic);
      }
    }
  }

  private static boolean isAbsent(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof InvalidTopicException
        || cause instanceof TopicAuthorizationException;
  }
}
