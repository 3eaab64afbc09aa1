package dev.thalweg.operators.metrics;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;

/** The state of {@link AggregateViews}, by group; what no longer is declared goes at its timer. */
public final class ViewState {
  private ViewState() {}

  /**
   * Slices by their end, as windows that grow have a beginning in common; each goes when the last
   * window that it belongs to takes no more corrections.
   */
  static MapStateDescriptor<Long, SliceState> slices() {
    return new MapStateDescriptor<>("slices", LongSerializer.INSTANCE, new SliceStateSerializer());
  }

  /** Sessions, several together; each until the gap and the lateness after its end. */
  static MapStateDescriptor<TrackKey, Chunk<SessionWindow>> sessionWindows() {
    return new MapStateDescriptor<>(
        "session-windows", new TrackKeySerializer(), new SessionWindowChunkSerializer());
  }

  /**
   * Where the chunks of {@link #sessionWindows()} begin, where there are several; goes with the
   * last but one.
   */
  static MapStateDescriptor<TrackKey, long[]> chunkBeginnings() {
    return new MapStateDescriptor<>(
        "chunk-beginnings", new TrackKeySerializer(), LongPrimitiveArraySerializer.INSTANCE);
  }
}
