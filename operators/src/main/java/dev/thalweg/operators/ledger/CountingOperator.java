package dev.thalweg.operators.ledger;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts what passes, and sends the counts ahead of every checkpoint barrier to {@link KeepLedger};
 * so, with aligned checkpoints, the totals there are those of the barrier exactly, and nothing need
 * be kept here.
 */
abstract class CountingOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  private static final long serialVersionUID = 1L;

  private transient LedgerTally tally;

  final LedgerTally tally() {
    return tally;
  }

  @Override
  public void open() throws Exception {
    super.open();
    tally = new LedgerTally();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    for (LedgerEntry entry : tally.flush()) {
      output.collect(LedgerTally.COUNTS, new StreamRecord<>(entry));
    }
  }
}
