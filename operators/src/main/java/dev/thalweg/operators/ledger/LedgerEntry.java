package dev.thalweg.operators.ledger;

import java.util.Objects;

/**
 * Counts under one heading: of a partition, or of dead letters with one cause.
 *
 * @param topic the topic, or empty for a cause
 * @param partition the partition, or -1 for a cause
 * @param failure the failure of a cause, or empty
 * @param stage the stage of a cause, or empty
 * @param eventType the event type of a cause, or empty
 * @param counts the counts; of a cause only {@link PartitionCounts#deadLetter()}
 */
public record LedgerEntry(
    String topic,
    int partition,
    String failure,
    String stage,
    String eventType,
    PartitionCounts counts) {
  /** Refuses missing parts. */
  public LedgerEntry {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(counts, "counts");
  }

  /** Counts of a partition. */
  static LedgerEntry ofPartition(String topic, int partition, PartitionCounts counts) {
    return new LedgerEntry(topic, partition, "", "", "", counts);
  }

  /** Counts of dead letters with one cause. */
  static LedgerEntry ofCause(
      String failure, String stage, String eventType, PartitionCounts counts) {
    return new LedgerEntry("", -1, failure, stage, eventType, counts);
  }

  /** Whether it counts a partition. */
  public boolean isPartition() {
    return partition >= 0;
  }

  /** The same heading with other counts. */
  LedgerEntry with(PartitionCounts other) {
    return new LedgerEntry(topic, partition, failure, stage, eventType, other);
  }

  /** The heading alone. */
  LedgerEntry heading() {
    return with(PartitionCounts.ZERO);
  }
}
