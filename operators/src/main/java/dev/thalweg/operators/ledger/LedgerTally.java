package dev.thalweg.operators.ledger;

import dev.thalweg.operators.event.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.OutputTag;

/**
 * Counts since the last flush, for an operator that sends them ahead of every checkpoint barrier to
 * {@link KeepLedger}. Counting allocates nothing for a partition seen before. Not thread safe.
 */
public final class LedgerTally {
  /** Where an operator sends its counts. */
  public static final OutputTag<LedgerEntry> COUNTS = new OutputTag<>("ledger", LedgerState.ENTRY);

  private static final int CONSUMED = 0;
  private static final int ACCEPTED = 1;
  private static final int DUPLICATE = 2;
  private static final int DEAD_LETTER = 3;
  private static final int WAITING = 4;
  private static final int LATE = 5;

  private record Cause(String failure, String stage, String eventType) {}

  private static final class Row {
    private final String topic;
    private final int partition;
    private final long[] counts = new long[6];
    private long asOf = Long.MIN_VALUE;

    Row(String topic, int partition) {
      this.topic = topic;
      this.partition = partition;
    }
  }

  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<Cause, Long> causes = new HashMap<>();
  private Row latest = new Row("", -1);

  /** A record was read. */
  public void consumed(Origin origin) {
    add(origin, CONSUMED, 1);
  }

  /** A record went on as an event. */
  public void accepted(Origin origin) {
    add(origin, ACCEPTED, 1);
  }

  /** A record was dropped as a duplicate. */
  public void duplicate(Origin origin) {
    add(origin, DUPLICATE, 1);
  }

  /** A record was dropped as late. */
  public void late(Origin origin) {
    add(origin, LATE, 1);
  }

  /** A record became a dead letter. */
  public void deadLetter(Origin origin) {
    add(origin, DEAD_LETTER, 1);
  }

  /** A dead letter was written for that cause. */
  public void cause(String failure, String stage, String eventType) {
    causes.merge(new Cause(failure, stage, eventType), 1L, Long::sum);
  }

  /** So many records more wait in state; fewer, if negative. */
  public void waiting(Origin origin, int change) {
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
  public List<LedgerEntry> flush() {
    List<LedgerEntry> entries = new ArrayList<>();
    rows.values().forEach(ofTopic -> ofTopic.forEach(row -> flush(row, entries)));
    causes.forEach((cause, events) -> entries.add(entry(cause, events)));
    causes.clear();
    return entries;
  }

  private static void flush(Row row, List<LedgerEntry> entries) {
    long[] c = row.counts;
    if (Arrays.stream(c).allMatch(count -> count == 0)) {
      return;
    }
    var counts =
        new PartitionCounts(
            c[CONSUMED], c[ACCEPTED], c[DUPLICATE], c[LATE], c[DEAD_LETTER], c[WAITING], row.asOf);
    entries.add(LedgerEntry.ofPartition(row.topic, row.partition, counts));
    Arrays.fill(c, 0);
    row.asOf = Long.MIN_VALUE;
  }

  private static LedgerEntry entry(Cause cause, long events) {
    var counts = new PartitionCounts(0, 0, 0, 0, events, 0, Long.MIN_VALUE);
    return LedgerEntry.ofCause(cause.failure(), cause.stage(), cause.eventType(), counts);
  }
}
