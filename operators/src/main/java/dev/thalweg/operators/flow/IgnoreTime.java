package dev.thalweg.operators.flow;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Passes on elements of a stream whose time says nothing to those that it meets: it is idle in the
 * eyes of the watermark, so that the others alone drive it.
 *
 * <p>Key and state: none. Late data: does not look at time.
 *
 * @param <T> what is passed on
 */
public final class IgnoreTime<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {
  private static final long serialVersionUID = 1L;

  @Override
  public void open() throws Exception {
    super.open();
    // From a timer, as downstream tasks may not be ready to take a status while this one opens.
    getProcessingTimeService()
        .registerTimer(0, time -> output.emitWatermarkStatus(WatermarkStatus.IDLE));
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) {
    // There may be no other watermark where the others fall idle: it would end their time.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Whether the stream is idle says nothing of the others.
  }
}
