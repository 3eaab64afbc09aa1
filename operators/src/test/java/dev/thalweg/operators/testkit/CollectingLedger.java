package dev.thalweg.operators.testkit;

import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.ledger.PartitionCounts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the totals that a job published last, for a test in the same process. Forget it with {@link
 * #forget()}.
 */
public final class CollectingLedger implements LedgerPublisher {
  private static final long serialVersionUID = 1L;

  /** Publishers are serialized into the job, so the test and the job meet here, by id. */
  private static final Map<String, List<LedgerEntry>> PUBLISHED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  @Override
  public void open() {
    // Needs nothing.
  }

  @Override
  public void publish(List<LedgerEntry> totals) {
    PUBLISHED.put(id, List.copyOf(totals));
  }

  /** The totals published last; empty before the first. */
  public List<LedgerEntry> totals() {
    return PUBLISHED.getOrDefault(id, List.of());
  }

  /** The sum over all partitions. */
  public PartitionCounts sum() {
    return totals().stream()
        .filter(LedgerEntry::isPartition)
        .map(LedgerEntry::counts)
        .reduce(PartitionCounts.ZERO, PartitionCounts::plus);
  }

  /** Lets go of what it holds. */
  public void forget() {
    PUBLISHED.remove(id);
  }

  /** Called by the job; what was published stays. */
  @Override
  public void close() {
    // The test forgets it.
  }
}
