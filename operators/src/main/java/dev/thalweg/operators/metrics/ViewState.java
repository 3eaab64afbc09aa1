package dev.thalweg.operators.metrics;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/** The state of {@link AggregateViews}, by group. */
public final class ViewState {
  private ViewState() {}

  /**
   * Slices by their end, as windows that grow have a beginning in common; each goes when the last
   * window that it belongs to takes no more corrections.
   */
  static MapStateDescriptor<Long, SliceState> slices() {
    return new MapStateDescriptor<>("slices", LongSerializer.INSTANCE, new SliceStateSerializer());
  }
}
