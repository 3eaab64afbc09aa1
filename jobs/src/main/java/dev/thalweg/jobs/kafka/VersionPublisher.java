package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;

/**
 * Publishes one version after what was read since this was opened. Of all that are open for a topic
 * the one that was opened last can.
 */
public interface VersionPublisher extends AutoCloseable {
  /**
   * All versions that are committed.
   *
   * @throws org.apache.kafka.common.KafkaException where they cannot be read
   */
  PublishedVersions published();

  /**
   * Publishes a version; returns once it is committed.
   *
   * @throws ShutOutException where another was opened meanwhile: then nothing is published
   * @throws org.apache.kafka.common.KafkaException where Kafka does not take it, or does not say
   */
  void publish(ExperimentDefinition definition);

  @Override
  void close();
}
