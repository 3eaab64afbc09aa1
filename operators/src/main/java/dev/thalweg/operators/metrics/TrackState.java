package dev.thalweg.operators.metrics;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;

/**
 * The state of {@link TrackSubjects}, by subject. Keys go by the names of what is declared; what no
 * longer is declared goes at its timer, as all does.
 */
public final class TrackState {
  private TrackState() {}

  /**
   * By metric, dimensions and block of time: the starts of the slices in which the subject was
   * seen. Until the lateness after the end of the last window that holds the last of them.
   */
  public static MapStateDescriptor<TrackKey, long[]> uniqueSlices() {
    return new MapStateDescriptor<>(
        "unique-slices", new TrackKeySerializer(), LongPrimitiveArraySerializer.INSTANCE);
  }

  /** Sessions, several together; each until twice the gap and the lateness after its last event. */
  public static MapStateDescriptor<TrackKey, Chunk<Session>> sessions() {
    return new MapStateDescriptor<>(
        "sessions", new TrackKeySerializer(), new SessionChunkSerializer());
  }

  /** By funnel: events, several together; each until lateness and limit after its window's end. */
  public static MapStateDescriptor<TrackKey, Chunk<Moment>> funnelEvents() {
    return new MapStateDescriptor<>(
        "funnel-events", new TrackKeySerializer(), new MomentChunkSerializer());
  }

  /** By funnel and window: the depth reached; until lateness and limit after the window's end. */
  public static MapStateDescriptor<TrackKey, Integer> funnelDepths() {
    return new MapStateDescriptor<>(
        "funnel-depths", new TrackKeySerializer(), IntSerializer.INSTANCE);
  }

  /**
   * Where the chunks of {@link #sessions()} and {@link #funnelEvents()} begin, where there are
   * several; goes with the last but one.
   */
  public static MapStateDescriptor<TrackKey, long[]> chunkBeginnings() {
    return new MapStateDescriptor<>(
        "chunk-beginnings", new TrackKeySerializer(), LongPrimitiveArraySerializer.INSTANCE);
  }

  /**
   * By retention view: the days on which there was anything, as pairs of a number and the bits of
   * the 64 days from 64 times that number on, counted from 1970-01-01. Until the horizon and the
   * lateness after the end of the last.
   */
  public static MapStateDescriptor<TrackKey, long[]> activeDays() {
    return new MapStateDescriptor<>(
        "active-days", new TrackKeySerializer(), LongPrimitiveArraySerializer.INSTANCE);
  }
}
