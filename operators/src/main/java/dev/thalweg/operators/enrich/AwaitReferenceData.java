package dev.thalweg.operators.enrich;

import dev.thalweg.operators.event.RawRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Passes reference data on, and holds back the watermark until all that was there when the job
 * started (or restarted) has passed; from then on it is idle in the eyes of the watermark, so that
 * the events alone drive it. Run it with a parallelism of 1, before the data meets the events.
 *
 * <p>It does not say the end of time instead: where the events fall idle, that would be the only
 * watermark left, and state would expire as if the stream had ended.
 *
 * <p>Key: none. State: {@link ReferenceState}, for as long as the job lives. Late data: does not
 * look at time.
 */
public final class AwaitReferenceData extends AbstractStreamOperator<RawRecord>
    implements OneInputStreamOperator<RawRecord, RawRecord> {
  private static final long serialVersionUID = 1L;

  private final ReferenceEnd end;

  private transient ListState<Tuple2<Integer, Long>> state;
  private transient Map<Integer, Long> reached;
  private transient Map<Integer, Long> missing;

  /** Waits for that end. */
  public AwaitReferenceData(ReferenceEnd end) {
    this.end = Objects.requireNonNull(end, "end");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    reached = new HashMap<>();
    state = context.getOperatorStateStore().getListState(ReferenceState.offsetsReached());
    for (Tuple2<Integer, Long> offset : state.get()) {
      reached.put(offset.f0, offset.f1);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    missing = new HashMap<>(end.lastOffsets());
    missing
        .entrySet()
        .removeIf(last -> reached.getOrDefault(last.getKey(), -1L) >= last.getValue());
    if (missing.isEmpty()) {
      // From a timer, as downstream tasks may not be ready to take a status while this one opens.
      getProcessingTimeService().registerTimer(0, time -> release());
    }
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    var origin = element.getValue().origin();
    long offset = origin.offset();
    int partition = origin.partition();
    output.collect(element);
    reached.put(partition, offset);
    if (!missing.isEmpty() && offset >= missing.getOrDefault(partition, Long.MAX_VALUE)) {
      missing.remove(partition);
      if (missing.isEmpty()) {
        release();
      }
    }
  }

  private void release() {
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  /** The data's own times say nothing of the events'; but after its end there is no more of it. */
  @Override
  public void processWatermark(Watermark mark) {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      release();
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Whether the source is idle says nothing of whether all of it was read.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.clear();
    for (Map.Entry<Integer, Long> offset : reached.entrySet()) {
      state.add(Tuple2.of(offset.getKey(), offset.getValue()));
    }
  }
}
