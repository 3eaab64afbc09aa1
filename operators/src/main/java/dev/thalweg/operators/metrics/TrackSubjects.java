package dev.thalweg.operators.metrics;

import dev.thalweg.operators.flow.FlushingOperator;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps what is about subjects: in which windows each was seen, its sessions, how far it came in
 * funnels, when it came back. What an event changes for uniques, funnels and retention goes on at
 * once, to be added up; rows of sessions are gathered and published every so often, before each
 * barrier, and before the watermark.
 *
 * <p>Key: the subject. State: {@link TrackState}; entries go by event time, each at its own timer,
 * as there is said. Late data: within the lateness it corrects what was told before, and the result
 * does not depend on the order of events; beyond, {@link SelectEvents} has dropped and counted it.
 * What comes too late here nevertheless, for the reasons that {@link Lateness} names, changes
 * nothing and is counted in {@code hits_dropped}, which otherwise stays at 0.
 */
public final class TrackSubjects extends FlushingOperator<Contribution>
    implements OneInputStreamOperator<SubjectHits, Contribution>, Triggerable<String, TrackKey> {
  private static final long serialVersionUID = 1L;
  private static final OutputTag<ViewRow> SESSION_ROWS =
      new OutputTag<>("sessions", MetricsTypes.VIEW_ROW);

  private final MetricsConfig config;

  private transient InternalTimerService<TrackKey> timers;
  private transient SubjectTracks tracks;
  private transient SessionRows rows;
  private transient Counter dropped;

  /** An operator with that configuration. */
  public TrackSubjects(MetricsConfig config) {
    super(config.emit());
    this.config = config;
  }

  /** Where the rows of sessions go. */
  public static OutputTag<ViewRow> sessionRows() {
    return SESSION_ROWS;
  }

  @Override
  public void open() throws Exception {
    timers = getInternalTimerService("expiry", new TrackKeySerializer(), this);
    tracks =
        new SubjectTracks(
            config,
            new SubjectTracks.Memory(
                entries(TrackState.uniqueSlices()),
                entries(TrackState.sessions()),
                entries(TrackState.funnelEvents()),
                entries(TrackState.funnelDepths()),
                entries(TrackState.chunkBeginnings()),
                entries(TrackState.activeDays())));
    rows = new SessionRows();
    dropped = getMetricGroup().counter("hits_dropped");
    super.open();
  }

  private <V> Entries<V> entries(MapStateDescriptor<TrackKey, V> descriptor) {
    return new StateEntries<>(getRuntimeContext().getMapState(descriptor), timers);
  }

  @Override
  public void processElement(StreamRecord<SubjectHits> element) {
    SubjectHits hits = element.getValue();
    dropped.inc(
        tracks.add(
            hits,
            timers.currentWatermark(),
            contribution -> output.collect(new StreamRecord<>(contribution)),
            rows.of(hits.subject())));
  }

  @Override
  public void onEventTime(InternalTimer<String, TrackKey> timer) {
    tracks.expire(timer.getNamespace(), timer.getTimestamp());
  }

  @Override
  public void onProcessingTime(InternalTimer<String, TrackKey> timer) {
    throw new IllegalStateException("no such timer is ever set: " + timer);
  }

  @Override
  protected void flush() {
    rows.flush(row -> output.collect(SESSION_ROWS, new StreamRecord<>(row)));
  }
}
