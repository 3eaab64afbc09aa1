package dev.thalweg.operators.ledger;

import dev.thalweg.operators.event.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts since the last flush. Counting allocates nothing for a partition seen before. Not thread
 * safe.
 */
final class LedgerTally {
  private static final int CONSUMED = 0;
  private static final int ACCEPTED = 1;
  private static final int DUPLICATE = 2;
  private static final int DEAD_LETTER = 3;
  private static final int WAITING = 4;

  private record Cause(String failure, String stage, String eventType) {}

  private static final class Row {
    private final String topic;
    private final int partition;
    private final long[] counts = new long[5];
    private long asOf = Long.MIN_VALUE;

    Row(String topic, int partition) {
      this.topic = topic;
      this.partition = partition;
    }
  }

  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<Cause, Long> causes = new HashMap<>();
  private Row latest = new Row("", -1);

  void consumed(Origin origin) {
    add(origin, CONSUMED, 1);
  }

  void accepted(Origin origin) {
    add(origin, ACCEPTED, 1);
  }

  void duplicate(Origin origin) {
    add(origin, DUPLICATE, 1);
  }

  void deadLetter(Origin origin) {
    add(origin, DEAD_LETTER, 1);
  }

  void cause(String failure, String stage, String eventType) {
    causes.merge(new Cause(failure, stage, eventType), 1L, Long::sum);
  }

  void waiting(Origin origin, int change) {
    add(origin, WAITING, change);
  }

  private void add(Origin origin, int count, int change) {
    if (origin.partition() != latest.partition || !origin.topic().equals(latest.topic)) {
      latest = row(origin);
    }
    latest.counts[count] += change;
    if (count != WAITING || change < 0) {
      latest.asOf = Math.max(latest.asOf, origin.arrival());
    }
  }

  private Row row(Origin origin) {
    List<Row> ofTopic = rows.computeIfAbsent(origin.topic(), topic -> new ArrayList<>());
    for (Row row : ofTopic) {
      if (row.partition == origin.partition()) {
        return row;
      }
    }
    Row row = new Row(origin.topic(), origin.partition());
    ofTopic.add(row);
    return row;
  }

  /** What was counted since the last flush, and begins anew. */
  List<LedgerEntry> flush() {
    List<LedgerEntry> entries = new ArrayList<>();
    rows.values().forEach(ofTopic -> ofTopic.forEach(row -> flush(row, entries)));
    causes.forEach((cause, events) -> entries.add(entry(cause, events)));
    causes.clear();
    return entries;
  }

  private static void flush(Row row, List<LedgerEntry> entries) {
    long[] c = row.counts;
    if ((c[CONSUMED] | c[ACCEPTED] | c[DUPLICATE] | c[DEAD_LETTER] | c[WAITING]) == 0) {
      return;
    }
    var counts =
        new PartitionCounts(
            c[CONSUMED], c[ACCEPTED], c[DUPLICATE], 0, c[DEAD_LETTER], c[WAITING], row.asOf);
    entries.add(LedgerEntry.ofPartition(row.topic, row.partition, counts));
    java.util.Arrays.fill(c, 0);
    row.asOf = Long.MIN_VALUE;
  }

  private static LedgerEntry entry(Cause cause, long events) {
    var counts = new PartitionCounts(0, 0, 0, 0, events, 0, Long.MIN_VALUE);
    return LedgerEntry.ofCause(cause.failure(), cause.stage(), cause.eventType(), counts);
  }
}
