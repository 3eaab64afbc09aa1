package dev.thalweg.cli.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes one version after what was read since this was opened. All publishers of a topic have
 * one transactional id: opening one ends the transaction of any other, or waits until it is
 * committed, and shuts the other out. So of two that read the same newest version one at most
 * publishes. It does not bind those who write to the topic in another way.
 */
final class DefinitionPublisher implements AutoCloseable {
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(15).toMillis());

  private final DefinitionsTopic topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private DefinitionPublisher(DefinitionsTopic topic, KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /** Shuts out all other publishers of the topic. */
  static DefinitionPublisher open(DefinitionsTopic topic) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topic.kafka().bootstrap(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topic.name() + ".apply",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS / 3,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw CommandFailure.failed(
          "Kafka at %s: %s; is the stack up?".formatted(topic.kafka().bootstrap(), RootCause.of(e)),
          e);
    }
    return new DefinitionPublisher(topic, producer);
  }

  /**
   * Publishes a version; returns once it is committed.
   *
   * @throws CommandFailure where another publisher was opened meanwhile: then nothing is published
   */
  void publish(ExperimentDefinition definition) {
    try {
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              topic.name(),
              PublishedVersions.key(definition).getBytes(UTF_8),
              DefinitionJson.write(definition).getBytes(UTF_8)));
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private CommandFailure failure(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return CommandFailure.failed(
            "another apply went on meanwhile and nothing was published: run it again", e);
      }
      if (cause instanceof TimeoutException) {
        return CommandFailure.failed(
            "Kafka at %s does not say whether it was published: run it again, which publishes no version twice"
                .formatted(topic.kafka().bootstrap()),
            e);
      }
    }
    return CommandFailure.failed(
        "Kafka at %s did not take it: %s".formatted(topic.kafka().bootstrap(), RootCause.of(e)), e);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
