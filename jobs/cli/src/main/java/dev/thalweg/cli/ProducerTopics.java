package dev.thalweg.cli;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.ingest.IngestConfig;
import java.nio.file.Path;

/**
 * The topics that the ingest job reads, so where producers write.
 *
 * @param events raw events
 * @param profiles attributes of users
 */
record ProducerTopics(String events, String profiles) {

  /** As the ingest job of a deployment is configured. */
  static ProducerTopics of(Path root, Deployment deployment) {
    String base = KnownJob.INGEST.baseFile(root).toString();
    try {
      IngestConfig config = IngestConfig.load("--base", base, "-Ddeployment=" + deployment.name());
      return new ProducerTopics(config.source().topic(), config.profilesTopic());
    } catch (ConfigException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    }
  }
}
