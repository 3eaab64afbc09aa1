package dev.thalweg.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * All publishers of a topic have one transactional id: opening one ends the transaction of any
 * other, or waits until it is committed, and shuts the other out. So of two that read the same
 * newest version one at most publishes. It does not bind those who write to the topic in another
 * way.
 */
final class TransactionalPublisher implements VersionPublisher {
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(15).toMillis());

  private final DefinitionLog definitions;
  private final KafkaProducer<byte[], byte[]> producer;

  private TransactionalPublisher(
      DefinitionLog definitions, KafkaProducer<byte[], byte[]> producer) {
    this.definitions = definitions;
    this.producer = producer;
  }

  static TransactionalPublisher open(DefinitionLog definitions) {
    Properties properties = definitions.kafka().clientProperties();
    set(properties, ProducerConfig.TRANSACTIONAL_ID_CONFIG, definitions.topic() + ".apply");
    set(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, PATIENCE_MILLIS);
    set(properties, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 3);
    set(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    set(properties, ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    var bytes = new ByteArraySerializer();
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new TransactionalPublisher(definitions, producer);
  }

  private static void set(Properties properties, String key, Object value) {
    properties.setProperty(key, value.toString());
  }

  @Override
  public PublishedVersions published() {
    return definitions.read();
  }

  @Override
  public void publish(ExperimentDefinition definition) {
    try {
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              definitions.topic(),
              PublishedVersions.key(definition).getBytes(UTF_8),
              DefinitionJson.write(definition).getBytes(UTF_8)));
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw isShutOut(e) ? new ShutOutException(definitions.topic(), e) : e;
    }
  }

  private static boolean isShutOut(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
