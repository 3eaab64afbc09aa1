package dev.thalweg.operators.dedup;

import dev.thalweg.operators.event.Duplicate;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Drops an event whose id was seen before for the same subject, at most the retention away from the
 * id's first arrival; a later one does not extend it. In its place goes a {@link Duplicate}, to be
 * counted. Other messages pass.
 *
 * <p>Key: the subject. Time: arrival, so a very late event is accepted, and a replay decides the
 * same. State: {@link DedupState}; constant work for each event however many ids a subject has. A
 * timer per subject clears what has expired, and in the end all.
 */
public final class DeduplicateEvents extends KeyedProcessFunction<String, Message, Message> {
  /**
   * Ids kept in one array before they move on to buckets; searched from end to end for each event.
   */
  static final int RECENT = 32;

  private static final long serialVersionUID = 1L;

  private final boolean enabled;
  private final long retention;

  private transient ValueState<SeenIds> recent;
  private transient OlderEvents older;
  private transient Buckets buckets;

  /** An operator with that configuration. */
  public DeduplicateEvents(DedupConfig config) {
    enabled = config.enabled();
    retention = config.retention().toMillis();
  }

  @Override
  public void open(OpenContext context) {
    buckets = new Buckets(retention);
    recent = getRuntimeContext().getState(DedupState.recentEvents());
    older =
        new OlderEvents(
            getRuntimeContext().getMapState(DedupState.olderEvents()),
            getRuntimeContext().getState(DedupState.olderBuckets()),
            buckets,
            retention);
  }

  @Override
  public void processElement(Message message, Context context, Collector<Message> out)
      throws Exception {
    if (enabled && message instanceof Event event && !isFirst(event, context)) {
      out.collect(new Duplicate(event.subject(), event.origin()));
    } else {
      out.collect(message);
    }
  }

  private boolean isFirst(Event event, Context context) throws Exception {
    long arrival = Buckets.clamp(event.origin().arrival());
    SeenIds ids = recent.value();
    if (ids == null) {
      ids = new SeenIds();
      context.timerService().registerEventTimeTimer(expiry(arrival));
    } else if (isSeen(event, ids, arrival)) {
      return false;
    }
    if (ids.size() == RECENT) {
      makeRoom(ids, context.timerService().currentWatermark());
    }
    ids.add(event.idHigh(), event.idLow(), arrival);
    recent.update(ids);
    return true;
  }

  private boolean isSeen(Event event, SeenIds ids, long arrival) throws Exception {
    return ids.contains(event.idHigh(), event.idLow(), arrival, retention)
        || (ids.isOverflown() && older.contains(event.idHigh(), event.idLow(), arrival));
  }

  private void makeRoom(SeenIds ids, long watermark) throws Exception {
    ids.removeBefore(oldestKept(watermark));
    if (ids.size() > RECENT / 2) {
      older.addAll(ids);
      ids.clear();
      ids.setOverflown(true);
    }
  }

  /** The earliest first arrival that an event still to come can be a duplicate of. */
  private long oldestKept(long watermark) {
    return Buckets.clamp(watermark) - retention;
  }

  /** When the bucket of an arrival can be forgotten: one timer for all ids in it. */
  private long expiry(long arrival) {
    return buckets.end(buckets.of(arrival)) + retention + 1;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Message> out)
      throws Exception {
    SeenIds ids = recent.value();
    if (ids == null) {
      return;
    }
    ids.removeBefore(timestamp - retention);
    long earliest = ids.earliest();
    if (ids.isOverflown()) {
      older.removeBefore(timestamp - retention);
      earliest = Math.min(earliest, older.earliest());
      ids.setOverflown(older.earliest() != Long.MAX_VALUE);
    }
    if (earliest == Long.MAX_VALUE) {
      recent.clear();
    } else {
      recent.update(ids);
      context.timerService().registerEventTimeTimer(expiry(earliest));
    }
  }
}
