package dev.thalweg.operators.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Entries of one subject in a map, and who is to be woken when. */
final class MapEntries<V> implements Entries<V> {
  private final Map<TrackKey, V> entries = new HashMap<>();
  private final TreeMap<Long, Map<TrackKey, Boolean>> alarms = new TreeMap<>();
  private int accesses;
  private long written;

  @Override
  public V get(TrackKey key) {
    accesses++;
    return entries.get(key);
  }

  @Override
  public void put(TrackKey key, V value) {
    accesses++;
    written += size(value);
    entries.put(key, value);
  }

  private static long size(Object value) {
    return value instanceof Chunk<?> chunk
        ? chunk.size()
        : value instanceof long[] longs ? longs.length : 1;
  }

  @Override
  public void remove(TrackKey key) {
    accesses++;
    entries.remove(key);
  }

  @Override
  public void wakeAt(TrackKey key, long time) {
    alarms.computeIfAbsent(time, at -> new HashMap<>()).put(key, true);
  }

  /** Whom to wake. */
  interface Alarm {
    void wake(TrackKey key, long time);
  }

  /** Lets event time come to that moment. */
  void advance(long watermark, Alarm alarm) {
    while (!alarms.isEmpty() && alarms.firstKey() <= watermark) {
      Map.Entry<Long, Map<TrackKey, Boolean>> first = alarms.pollFirstEntry();
      first.getValue().keySet().forEach(key -> alarm.wake(key, first.getKey()));
    }
  }

  int size() {
    return entries.size();
  }

  TreeSet<Long> alarms() {
    return new TreeSet<>(alarms.keySet());
  }

  /** Reads and writes so far. */
  int accesses() {
    return accesses;
  }

  /** Elements written so far. */
  long written() {
    return written;
  }
}
