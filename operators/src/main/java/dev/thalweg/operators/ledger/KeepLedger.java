package dev.thalweg.operators.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up the counts of all subtasks and publishes the totals of each checkpoint after it
 * completed. Run it with a parallelism of 1.
 *
 * <p>Key: none. State: {@link LedgerState}, for as long as the job lives. Late data: does not look
 * at time. The gauge {@code ledger_imbalance} tells of how many partitions consumed is not the sum
 * of the other counts; anything but 0 is a defect.
 */
public final class KeepLedger extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<LedgerEntry, Void> {
  private static final long serialVersionUID = 1L;

  private final LedgerPublisher publisher;

  private transient ListState<LedgerEntry> state;
  private transient Map<LedgerEntry, LedgerEntry> totals;
  private transient NavigableMap<Long, List<LedgerEntry>> pending;
  private transient volatile long imbalance;

  /** Publishes there. */
  public KeepLedger(LedgerPublisher publisher) {
    this.publisher = Objects.requireNonNull(publisher, "publisher");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    totals = new LinkedHashMap<>();
    pending = new TreeMap<>();
    state = context.getOperatorStateStore().getListState(LedgerState.totals());
    for (LedgerEntry entry : state.get()) {
      totals.put(entry.heading(), entry);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("ledger_imbalance", () -> imbalance);
    publisher.open();
  }

  @Override
  public void processElement(StreamRecord<LedgerEntry> element) {
    LedgerEntry entry = element.getValue();
    totals.merge(
        entry.heading(), entry, (total, more) -> total.with(total.counts().plus(more.counts())));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<LedgerEntry> snapshot = new ArrayList<>(totals.values());
    state.update(snapshot);
    pending.put(context.getCheckpointId(), snapshot);
    imbalance =
        snapshot.stream()
            .filter(LedgerEntry::isPartition)
            .filter(entry -> !entry.counts().isBalanced())
            .count();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    Map.Entry<Long, List<LedgerEntry>> completed = pending.floorEntry(checkpointId);
    if (completed != null) {
      publisher.publish(completed.getValue());
      pending.headMap(checkpointId, true).clear();
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    pending.remove(checkpointId);
  }

  @Override
  public void close() throws Exception {
    publisher.close();
    super.close();
  }
}
