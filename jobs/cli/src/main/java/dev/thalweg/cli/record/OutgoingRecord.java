package dev.thalweg.cli.record;

/**
 * A record on its way to a topic.
 *
 * @param key the subject in UTF-8; null for a record whose subject nobody knows
 * @param value the event or profile
 * @param line where it comes from: the number of its line in a file, or its place in a stream
 */
public record OutgoingRecord(byte[] key, byte[] value, long line) {}
