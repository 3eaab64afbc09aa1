package dev.thalweg.operators.flow;

import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * An operator that gathers and sends on: every so often, before each barrier, and at the end. The
 * watermark goes on behind what was gathered, never before it, and before the word that the stream
 * is idle: of an idle stream, no watermark is heard.
 *
 * @param <T> what it sends
 */
public abstract class FlushingOperator<T> extends AbstractStreamOperator<T> {
  private static final long serialVersionUID = 1L;

  private final long interval;
  private transient Watermark held;
  private transient long sent;

  /**
   * An operator that sends on after that time.
   *
   * @param interval in processing time
   */
  protected FlushingOperator(Duration interval) {
    this.interval = Math.max(1, interval.toMillis());
  }

  /** Sends all that was gathered. */
  protected abstract void flush() throws Exception;

  /** The highest watermark that came in. */
  protected final long reached() {
    return held == null ? Long.MIN_VALUE : held.getTimestamp();
  }

  @Override
  public void open() throws Exception {
    super.open();
    sent = Long.MIN_VALUE;
    flushLater();
  }

  private void flushLater() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + interval,
            time -> {
              flushAndAdvance();
              flushLater();
            });
  }

  private boolean isHeldBack() {
    return held != null && held.getTimestamp() > sent;
  }

  private void flushAndAdvance() throws Exception {
    flush();
    if (isHeldBack()) {
      sent = held.getTimestamp();
      super.processWatermark(held);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    held = mark;
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      flushAndAdvance();
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    advanceBefore(status);
    super.processWatermarkStatus(status);
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    advanceBefore(status);
    super.processWatermarkStatus(status, input);
  }

  private void advanceBefore(WatermarkStatus status) throws Exception {
    if (status.isIdle() && isHeldBack()) {
      flushAndAdvance();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }
}
