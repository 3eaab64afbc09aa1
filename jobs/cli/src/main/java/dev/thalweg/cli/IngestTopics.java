package dev.thalweg.cli;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.ingest.IngestConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The topics of the ingest job.
 *
 * @param events raw events, where producers write
 * @param profiles attributes of users
 * @param canonical accepted events
 * @param deadLetters what could not be processed
 */
public record IngestTopics(String events, String profiles, String canonical, String deadLetters) {

  /** As the ingest job of a deployment is configured. */
  public static IngestTopics of(Path root, Deployment deployment) {
    IngestConfig config =
        (IngestConfig)
            JobConfiguration.of(
                    KnownJob.INGEST,
                    List.of(
                        "--base",
                        KnownJob.INGEST.baseFile(root).toString(),
                        "-Ddeployment=" + deployment.name()))
                .config();
    return new IngestTopics(
        config.source().topic(),
        config.profilesTopic(),
        config.outputs().canonical(),
        config.outputs().deadLetter());
  }
}
