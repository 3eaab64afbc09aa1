package dev.thalweg.jobs;

import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresConfig;
import java.util.List;

/** What every job's configuration says, for whoever starts and stops jobs. */
public interface JobConfig {
  /** Goes in front of all names outside. */
  Deployment deployment();

  /** How to reach Kafka. */
  KafkaConfig kafka();

  /** How to reach PostgreSQL. */
  PostgresConfig postgres();

  /** Where events come from, names prefixed. */
  SourceConfig source();

  /** Where contracts are found. */
  ContractsConfig contracts();

  /** All topics that the job reads or writes, prefixed. */
  List<String> topics();
}
