package dev.thalweg.cli;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.metrics.MetricsJobConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * Topics of the metrics job.
 *
 * @param values the latest value of each metric, by its key
 */
public record MetricsTopics(String values) {

  /** As the metrics job of a deployment is configured. */
  public static MetricsTopics of(Path root, Deployment deployment) {
    MetricsJobConfig config =
        (MetricsJobConfig)
            JobConfiguration.of(
                    KnownJob.METRICS,
                    List.of(
                        "--base",
                        KnownJob.METRICS.baseFile(root).toString(),
                        "-Ddeployment=" + deployment.name()))
                .config();
    return new MetricsTopics(config.valuesTopic());
  }
}
