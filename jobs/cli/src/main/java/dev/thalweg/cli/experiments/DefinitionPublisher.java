package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.jobs.kafka.ShutOutException;
import dev.thalweg.jobs.kafka.VersionPublisher;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** A {@link VersionPublisher} whose failures are for users. */
final class DefinitionPublisher implements AutoCloseable {
  private final DefinitionsTopic topic;
  private final VersionPublisher publisher;

  private DefinitionPublisher(DefinitionsTopic topic, VersionPublisher publisher) {
    this.topic = topic;
    this.publisher = publisher;
  }

  /** Shuts out all other publishers of the topic. */
  static DefinitionPublisher open(DefinitionsTopic topic) {
    try {
      return new DefinitionPublisher(topic, topic.log().open());
    } catch (KafkaException e) {
      throw topic.unreachable(e);
    }
  }

  /**
   * Publishes a version; returns once it is committed.
   *
   * @throws CommandFailure where another publisher was opened meanwhile: then nothing is published
   */
  void publish(ExperimentDefinition definition) {
    try {
      publisher.publish(definition);
    } catch (ShutOutException e) {
      throw CommandFailure.failed(
          "another apply went on meanwhile and nothing was published: run it again", e);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private CommandFailure failure(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
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
    publisher.close();
  }
}
