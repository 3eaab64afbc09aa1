package dev.thalweg.operators.metrics;

import dev.thalweg.operators.flow.FlushingOperator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds contributions up and publishes the rows that changed: every so often, before each barrier,
 * and before the watermark closes their windows. Open windows and sessions are published too.
 *
 * <p>Key: {@link GroupKey}. State: {@link ViewState}; a slice goes when the last window that it
 * belongs to takes no more corrections, a session when nothing in time can touch it. Late data:
 * {@link SelectEvents} has dropped and counted it; what comes to a window that is closed here
 * nevertheless, for the reasons that {@link Lateness} names, changes nothing and is counted in
 * {@code contributions_dropped}.
 */
public final class AggregateViews extends FlushingOperator<ViewRow>
    implements OneInputStreamOperator<Contribution, ViewRow>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private final MetricsConfig config;

  private transient MapState<Long, SliceState> slices;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Map<String, TreeSet<Long>> changed;
  private transient ViewRows rows;
  private transient SessionWindows sessions;
  private transient StreamRecord<ViewRow> out;
  private transient Counter dropped;

  /** An operator for those declarations. */
  public AggregateViews(MetricsConfig config) {
    super(config.emit());
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    slices = getRuntimeContext().getMapState(ViewState.slices());
    timers = getInternalTimerService("purge", VoidNamespaceSerializer.INSTANCE, this);
    sessions = sessionWindows();
    changed = new HashMap<>();
    rows = new ViewRows(config);
    out = new StreamRecord<>(null);
    dropped = getMetricGroup().counter("contributions_dropped");
    super.open();
  }

  private SessionWindows sessionWindows() {
    InternalTimerService<TrackKey> expiry =
        getInternalTimerService("session-expiry", new TrackKeySerializer(), new SessionExpiry());
    return new SessionWindows(
        config,
        new StateEntries<>(getRuntimeContext().getMapState(ViewState.sessionWindows()), expiry),
        new StateEntries<>(getRuntimeContext().getMapState(ViewState.chunkBeginnings()), expiry));
  }

  @Override
  public void processElement(StreamRecord<Contribution> element) throws Exception {
    Contribution more = element.getValue();
    if (more.group().kind() == ViewGroup.Kind.SESSIONS) {
      dropped.inc(sessions.add(more, timers.currentWatermark()) ? 0 : 1);
      return;
    }
    long closes = rows.closes(more.group(), more.start(), more.end());
    if (Lateness.isOver(closes, timers.currentWatermark())) {
      dropped.inc();
      return;
    }
    SliceState known = slices.get(more.end());
    if (known == null) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, closes);
      slices.put(more.end(), new SliceState(more.start(), more.aggregate(), more.events()));
    } else {
      known.aggregate().merge(more.aggregate());
      slices.put(
          more.end(),
          new SliceState(known.start(), known.aggregate(), known.events() + more.events()));
    }
    changed.computeIfAbsent((String) getCurrentKey(), k -> new TreeSet<>()).add(more.end());
  }

  @Override
  protected void flush() throws Exception {
    for (Map.Entry<String, TreeSet<Long>> group : changed.entrySet()) {
      setCurrentKey(group.getKey());
      publish(GroupKey.parse(group.getKey()), group.getValue());
    }
    changed.clear();
    sessions.flush(row -> output.collect(out.replace(row)));
  }

  private void publish(ViewGroup group, TreeSet<Long> ends) throws Exception {
    rows.publish(
        group, ends, slices, timers.currentWatermark(), row -> output.collect(out.replace(row)));
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    ViewGroup group = GroupKey.parse(timer.getKey());
    for (Long end : rows.closed(group, slices, timer.getTimestamp())) {
      slices.remove(end);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever set: " + timer);
  }

  private final class SessionExpiry implements Triggerable<String, TrackKey> {
    @Override
    public void onEventTime(InternalTimer<String, TrackKey> timer) {
      sessions.expire(timer.getNamespace(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, TrackKey> timer) {
      throw new IllegalStateException("no such timer is ever set: " + timer);
    }
  }
}
