package dev.thalweg.operators.metrics;

import dev.thalweg.operators.flow.FlushingOperator;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Brings contributions to one slice together before they are shuffled; sends them on every so
 * often, before each barrier, and before the watermark.
 *
 * <p>Key and state: none; nothing is held over a barrier. Late data: passes.
 */
public final class PreAggregate extends FlushingOperator<Contribution>
    implements OneInputStreamOperator<Contribution, Contribution> {
  private static final long serialVersionUID = 1L;
  private static final int MOST_PARTS = 50_000;

  private transient PreAggregation parts;
  private transient StreamRecord<Contribution> out;

  /** Sends on after that time. */
  public PreAggregate(Duration interval) {
    super(interval);
  }

  @Override
  public void open() throws Exception {
    parts = new PreAggregation();
    out = new StreamRecord<>(null);
    super.open();
  }

  @Override
  public void processElement(StreamRecord<Contribution> element) {
    parts.add(element.getValue());
    if (parts.size() > MOST_PARTS) {
      flush();
    }
  }

  @Override
  protected void flush() {
    parts.flush(contribution -> output.collect(out.replace(contribution)));
  }
}
