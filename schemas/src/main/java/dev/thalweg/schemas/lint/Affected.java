package dev.thalweg.schemas.lint;

/** For whom a finding breaks something. */
public enum Affected {
  /** Consumers that still read with an older version. */
  OLD_READERS("old readers"),
  /** Consumers, the pipeline among them, that read with the newest version. */
  NEW_READERS("new readers"),
  /** Applications that write events. */
  PRODUCERS("producers"),
  /** Events that wait in topics, savepoints and the archive. */
  RUNNING_STATE("running state"),
  /** PostgreSQL tables, Avro topics and files. */
  SINKS("sinks"),
  /** The people whom the data is about. */
  PEOPLE("people"),
  /** Whoever maintains the contract. */
  AUTHORS("authors");

  private final String words;

  Affected(String words) {
    this.words = words;
  }

  /** In words. */
  @Override
  public String toString() {
    return words;
  }
}
