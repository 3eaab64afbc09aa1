package dev.thalweg.operators.ledger;

import dev.thalweg.operators.decode.DecodeProfiles;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Duplicate;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.Waiting;
import dev.thalweg.schemas.Failure;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts what became of each record, by partition, and dead letters by cause; the last step before
 * the sink. Events and dead letters pass, what came only to be counted ends here. Key and state:
 * none; late data: does not look at time.
 *
 * <p>Metrics: {@code events_accepted} (and {@code events_accepted_rate}), {@code
 * events_duplicated}, {@code events_rejected} by reason, and of one event in {@value
 * #LATENCY_SAMPLE} the {@code arrival_to_output_ms}.
 */
public final class CountOutcomes extends CountingOperator<Message, Message> {
  private static final long serialVersionUID = 1L;
  private static final int LATENCY_SAMPLE = 256;

  private transient Counter accepted;
  private transient Counter duplicated;
  private transient Map<Failure, Counter> rejected;
  private transient Histogram latency;
  private transient int untilSample;

  /** Where its counts go; feed them to {@link KeepLedger}. */
  public static OutputTag<LedgerEntry> counts() {
    return LedgerTally.COUNTS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = getMetricGroup();
    accepted = metrics.counter("events_accepted");
    metrics.meter("events_accepted_rate", new MeterView(accepted));
    duplicated = metrics.counter("events_duplicated");
    latency = metrics.histogram("arrival_to_output_ms", new DescriptiveStatisticsHistogram(1024));
    rejected = new EnumMap<>(Failure.class);
    for (Failure failure : Failure.values()) {
      rejected.put(failure, metrics.addGroup("reason", failure.label()).counter("events_rejected"));
    }
  }

  @Override
  public void processElement(StreamRecord<Message> element) {
    Message message = element.getValue();
    if (message instanceof Event event) {
      countAccepted(event);
      output.collect(element);
    } else if (message instanceof DeadLetter letter) {
      countRejected(letter);
      output.collect(element);
    } else if (message instanceof Duplicate duplicate) {
      tally().duplicate(duplicate.origin());
      duplicated.inc();
    } else if (message instanceof Waiting waiting) {
      tally().waiting(waiting.origin(), 1);
    }
  }

  private void countAccepted(Event event) {
    Origin origin = event.origin();
    tally().accepted(origin);
    if (event.hasWaited()) {
      tally().waiting(origin, -1);
    }
    accepted.inc();
    if (--untilSample <= 0) {
      untilSample = LATENCY_SAMPLE;
      latency.update(getProcessingTimeService().getCurrentProcessingTime() - origin.arrival());
    }
  }

  private void countRejected(DeadLetter letter) {
    if (!letter.stage().equals(DecodeProfiles.STAGE)) {
      tally().deadLetter(letter.raw().origin());
    }
    tally().cause(letter.failure().label(), letter.stage(), letter.eventType());
    rejected.get(letter.failure()).inc();
  }
}
