package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.jobs.Deployment;
import java.util.List;

/**
 * The topic of definitions, as committed.
 *
 * @param kafka where it is
 * @param name with the deployment's prefix
 */
record DefinitionsTopic(KafkaConnection kafka, String name) {
  /** As {@code flink-conf/topics.yaml} declares it. */
  private static final String DECLARED = "experiments.definitions";

  static DefinitionsTopic of(String bootstrap, Deployment deployment) {
    return new DefinitionsTopic(KafkaConnection.to(bootstrap), deployment.prefix(DECLARED));
  }

  /** All versions that were committed when the reading began. */
  PublishedVersions read() {
    check();
    PublishedVersions versions = new PublishedVersions();
    new CommittedRecords(kafka, name)
        .read(
            false,
            record -> {
              versions.add(record.key(), record.value());
              return true;
            });
    return versions;
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
