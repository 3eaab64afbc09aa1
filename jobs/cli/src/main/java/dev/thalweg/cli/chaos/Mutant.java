package dev.thalweg.cli.chaos;

import java.util.Map;

/** A defect put into the job on purpose, which a trial must find. */
public enum Mutant {
  /** The job as it is. */
  NONE(Map.of()),
  /** Duplicates go through. */
  DEDUP_OFF(Map.of("ingest.dedup.enabled", "false")),
  /** What was written before a failure stays, and is written again. */
  AT_LEAST_ONCE(Map.of("ingest.sink.delivery", "at-least-once"));

  private final Map<String, String> options;

  Mutant(Map<String, String> options) {
    this.options = options;
  }

  Map<String, String> options() {
    return options;
  }
}
