package dev.thalweg.operators.event;

import java.util.Objects;

/**
 * A record as it was read, not yet understood.
 *
 * @param key the record's key, or null
 * @param value the record's value, or null (a tombstone)
 * @param origin where it was read from
 */
public record RawRecord(byte[] key, byte[] value, Origin origin) {
  /** Refuses a missing origin. */
  public RawRecord {
    Objects.requireNonNull(origin, "origin");
  }
}
