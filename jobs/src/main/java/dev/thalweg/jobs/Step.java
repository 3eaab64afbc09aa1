package dev.thalweg.jobs;

/** One step of a job's graph. Its uid names its state in savepoints: never change one. */
public interface Step {
  /** The uid, {@code <job>/<step>}. */
  String uid();

  /** What the web UI calls it. */
  String title();

  /** What the web UI says of it. */
  String description();
}
