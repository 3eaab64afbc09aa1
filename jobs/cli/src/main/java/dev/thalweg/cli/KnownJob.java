package dev.thalweg.cli;

import dev.thalweg.jobs.JobConfig;
import dev.thalweg.jobs.experiments.ExperimentsJob;
import dev.thalweg.jobs.experiments.ExperimentsJobConfig;
import dev.thalweg.jobs.experiments.ExperimentsSteps;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.jobs.ingest.IngestJob;
import dev.thalweg.jobs.ingest.IngestSteps;
import dev.thalweg.jobs.metrics.MetricsJob;
import dev.thalweg.jobs.metrics.MetricsJobConfig;
import dev.thalweg.jobs.metrics.MetricsSteps;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs that can be submitted. */
enum KnownJob {
  INGEST(IngestSteps.JOB, IngestJob.class, IngestConfig::load),
  METRICS(MetricsSteps.JOB, MetricsJob.class, MetricsJobConfig::load),
  EXPERIMENTS(ExperimentsSteps.JOB, ExperimentsJob.class, ExperimentsJobConfig::load);

  private final String title;
  private final Class<?> mainClass;
  private final Function<String[], JobConfig> reader;

  KnownJob(String title, Class<?> mainClass, Function<String[], JobConfig> reader) {
    this.title = title;
    this.mainClass = mainClass;
    this.reader = reader;
  }

  static KnownJob named(String name) {
    return Stream.of(values())
        .filter(job -> job.title.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.wrongInput(
                    "there is no job '%s', only %s"
                        .formatted(
                            name,
                            Stream.of(values())
                                .map(KnownJob::title)
                                .collect(Collectors.joining(", ")))));
  }

  String title() {
    return title;
  }

  String mainClass() {
    return mainClass.getName();
  }

  /** The job's own reader of its arguments; throws what it throws. */
  JobConfig read(List<String> arguments) {
    return reader.apply(arguments.toArray(String[]::new));
  }

  /** The option that says from which arrival on the job reads. */
  String replayKey() {
    return title + ".source.replay-from";
  }

  /** The configuration that others are laid over. */
  Path baseFile(Path root) {
    return root.resolve("flink-conf").resolve("jobs").resolve(title + ".yaml");
  }
}
