package dev.thalweg.cli.kafka;

import java.util.Locale;

/** What becomes of old records. */
public enum Cleanup {
  /** They are deleted when the retention is over. */
  DELETE,
  /** The last one of each key stays. */
  COMPACT;

  /** The word that brokers use. */
  public String policy() {
    return name().toLowerCase(Locale.ROOT);
  }
}
