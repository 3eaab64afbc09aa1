package dev.thalweg.cli;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs that can be submitted. */
enum KnownJob {
  INGEST("ingest", "dev.thalweg.jobs.ingest.IngestJob");

  private final String title;
  private final String mainClass;

  KnownJob(String title, String mainClass) {
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
    return mainClass;
  }

  /** The configuration that others are laid over. */
  Path baseFile(Path root) {
    return root.resolve("flink-conf").resolve("jobs").resolve(title + ".yaml");
  }
}
