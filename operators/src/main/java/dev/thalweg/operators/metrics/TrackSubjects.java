package dev.thalweg.operators.metrics;

import java.util.Objects;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps what is about subjects: in which windows each was seen, its sessions, how far it came in
 * funnels, when it came back. What an event changes for uniques, funnels and retention goes on at
 * once, to be added up; rows of sessions are collected and published every {@code emit}, ahead of
 * every checkpoint's barrier, and at the end, so that none waits in memory over a checkpoint.
 *
 * <p>Key: the subject. State: {@link TrackState}; entries go by event time, each at its own timer,
 * as there is said. Late data: within the lateness it corrects what was told before, and the result
 * does not depend on the order of events; beyond, {@link SelectEvents} has dropped and counted it.
 * What comes too late here nevertheless, for the reasons that {@link Lateness} names, changes
 * nothing and is counted in {@code hits_dropped}, which otherwise stays at 0.
 */
public final class TrackSubjects extends AbstractStreamOperator<Contribution>
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
    this.config = Objects.requireNonNull(config, "config");
  }

  /** Where the rows of sessions go. */
  public static OutputTag<ViewRow> sessionRows() {
    return SESSION_ROWS;
  }

  @Override
  public void open() throws Exception {
    super.open();
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
    publishLater();
  }

  private <V> Entries<V> entries(MapStateDescriptor<TrackKey, V> descriptor) {
    return new StateEntries<>(getRuntimeContext().getMapState(descriptor), timers);
  }

  private void publishLater() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + config.emit().toMillis(),
            time -> {
              publish();
              publishLater();
            });
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
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    publish();
  }

  @Override
  public void finish() throws Exception {
    publish();
    super.finish();
  }

  private void publish() {
    rows.flush(row -> output.collect(SESSION_ROWS, new StreamRecord<>(row)));
  }
}
