package dev.thalweg.cli.demo;

import dev.thalweg.schemas.Failure;

/**
 * A record with what is known of it.
 *
 * @param key subject in UTF-8, or null
 * @param value the bytes
 * @param time when it happens, in epoch milliseconds
 * @param failure why it must be refused; null for a good event
 * @param eventType null where no contract can be found
 * @param subject of a good event
 * @param eventId of a good event
 * @param profiled whether a good event's user has a profile
 */
record DemoRecord(
    byte[] key,
    byte[] value,
    long time,
    Failure failure,
    String eventType,
    String subject,
    String eventId,
    boolean profiled) {

  static DemoRecord bad(byte[] key, byte[] value, long time, Failure failure, String eventType) {
    return new DemoRecord(key, value, time, failure, eventType, null, null, false);
  }
}
