package dev.thalweg.operators.dedup;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;

/**
 * The state of {@link DeduplicateEvents}, by subject. A timer clears each within {@code retention}
 * and a quarter of it after an id's first arrival.
 */
public final class DedupState {
  private DedupState() {}

  /** The ids seen last; all there is for most subjects. */
  public static ValueStateDescriptor<SeenIds> recentEvents() {
    return new ValueStateDescriptor<>("recent-events", SeenIdsSerializer.INSTANCE);
  }

  /** Of a busy subject, the ids seen before those, by arrival bucket and chunk. */
  public static MapStateDescriptor<ChunkKey, SeenIds> olderEvents() {
    return new MapStateDescriptor<>(
        "older-events", ChunkKeySerializer.INSTANCE, SeenIdsSerializer.INSTANCE);
  }

  /**
   * Of a busy subject, the buckets of {@link #olderEvents()}: pairs of bucket and number of ids.
   */
  public static ValueStateDescriptor<long[]> olderBuckets() {
    return new ValueStateDescriptor<>("older-buckets", LongPrimitiveArraySerializer.INSTANCE);
  }
}
