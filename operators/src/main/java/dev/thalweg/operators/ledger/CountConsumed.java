package dev.thalweg.operators.ledger;

import dev.thalweg.operators.event.RawRecord;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts the records read, by partition. Passes each on. Key and state: none; late data: does not
 * look at time. Also counts in {@code events_consumed} and, by the second, {@code
 * events_consumed_rate}.
 */
public final class CountConsumed extends CountingOperator<RawRecord, RawRecord> {
  private static final long serialVersionUID = 1L;

  private transient Counter consumed;

  /** Where its counts go; feed them to {@link KeepLedger}. */
  public static OutputTag<LedgerEntry> counts() {
    return LedgerTally.COUNTS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    consumed = getMetricGroup().counter("events_consumed");
    getMetricGroup().meter("events_consumed_rate", new MeterView(consumed));
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    tally().consumed(element.getValue().origin());
    consumed.inc();
    output.collect(element);
  }
}
