package dev.thalweg.cli;

import dev.thalweg.jobs.ingest.IngestJob;
import dev.thalweg.jobs.ingest.IngestSteps;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs that can be submitted. */
enum KnownJob {
  INGEST(IngestSteps.JOB, IngestJob.class);

  private final String title;
  private final Class<?> mainClass;

  KnownJob(String title, Class<?> mainClass) {
    this.title = title;
    this.mainClass = mainClass;
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

  /** The configuration that others are laid over. */
  Path baseFile(Path root) {
    return root.resolve("flink-conf").resolve("jobs").resolve(title + ".yaml");
  }
}
