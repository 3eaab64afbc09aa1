package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.kafka.DefinitionLog;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.PublishedVersions;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * The topic of definitions, as committed.
 *
 * @param kafka where it is
 * @param name with the deployment's prefix
 */
record DefinitionsTopic(KafkaConnection kafka, String name) {
  /** As {@code flink-conf/topics.yaml} declares it. */
  private static final String DECLARED = "experiments.definitions";

  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

  static DefinitionsTopic of(String bootstrap, Deployment deployment) {
    return new DefinitionsTopic(KafkaConnection.to(bootstrap), deployment.prefix(DECLARED));
  }

  /** All versions that were committed when the reading began. */
  PublishedVersions read() {
    check();
    try {
      return log().read();
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** The same for those who publish. */
  DefinitionLog log() {
    return new DefinitionLog(
        new KafkaConfig(kafka.bootstrap(), kafka.properties(), TRANSACTION_TIMEOUT), name);
  }

  CommandFailure unreachable(KafkaException e) {
    return CommandFailure.failed(
        "Kafka at %s: %s; is the stack up?".formatted(kafka.bootstrap(), RootCause.of(e)), e);
  }

  /** Fails unless it is there. */
  void check() {
    if (!kafka.absent(List.of(name)).isEmpty()) {
      throw CommandFailure.failed(
          "Kafka at %s has no topic %s: run scripts/topics apply"
              .formatted(kafka.bootstrap(), name));
    }
  }
}
