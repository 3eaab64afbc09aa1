package dev.thalweg.operators.event;

import java.util.Objects;

/**
 * Where a record was read from.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 * @param arrival the record's timestamp in that topic (log append time), epoch milliseconds
 */
public record Origin(String topic, int partition, long offset, long arrival) {
  /** Refuses a missing topic. */
  public Origin {
    Objects.requireNonNull(topic, "topic");
  }
}
