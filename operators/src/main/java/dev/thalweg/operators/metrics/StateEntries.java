package dev.thalweg.operators.metrics;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** Entries in keyed state; who is to be woken is in the namespace of the timer. */
final class StateEntries<V> implements Entries<V> {
  private final MapState<TrackKey, V> state;
  private final InternalTimerService<TrackKey> timers;

  StateEntries(MapState<TrackKey, V> state, InternalTimerService<TrackKey> timers) {
    this.state = state;
    this.timers = timers;
  }

  @Override
  public V get(TrackKey key) {
    try {
      return state.get(key);
    } catch (Exception e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public void put(TrackKey key, V value) {
    try {
      state.put(key, value);
    } catch (Exception e) {
      throw failed("write", key, e);
    }
  }

  @Override
  public void remove(TrackKey key) {
    try {
      state.remove(key);
    } catch (Exception e) {
      throw failed("remove", key, e);
    }
  }

  private static IllegalStateException failed(String what, TrackKey key, Exception cause) {
    return new IllegalStateException("cannot " + what + " state of " + key, cause);
  }

  @Override
  public void wakeAt(TrackKey key, long time) {
    timers.registerEventTimeTimer(key, time);
  }
}
