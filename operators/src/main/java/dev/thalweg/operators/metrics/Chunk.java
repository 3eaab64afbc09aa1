package dev.thalweg.operators.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A few values with their times, in order of these; each time once. Immutable.
 *
 * @param <V> what the values are
 */
public final class Chunk<V> {
  private final long[] times;
  private final List<V> values;

  Chunk(long[] times, List<V> values) {
    this.times = times;
    this.values = values;
  }

  static <V> Chunk<V> empty() {
    return new Chunk<>(new long[0], List.of());
  }

  /** How many. */
  public int size() {
    return times.length;
  }

  /** The i-th time. */
  public long time(int i) {
    return times[i];
  }

  /** The i-th value. */
  public V value(int i) {
    return values.get(i);
  }

  /** Place of the last one that is not after that time; -1 if there is none. */
  int floor(long time) {
    int at = Arrays.binarySearch(times, time);
    return at >= 0 ? at : -at - 2;
  }

  /** The same with that value, in the place of the one that has its time. */
  Chunk<V> with(long time, V value) {
    int floor = floor(time);
    boolean replaces = floor >= 0 && times[floor] == time;
    int tail = floor + 1;
    int head = replaces ? floor : tail;
    long[] newTimes = new long[head + 1 + times.length - tail];
    System.arraycopy(times, 0, newTimes, 0, head);
    newTimes[head] = time;
    System.arraycopy(times, tail, newTimes, head + 1, times.length - tail);
    List<V> newValues = new ArrayList<>(newTimes.length);
    newValues.addAll(values.subList(0, head));
    newValues.add(value);
    newValues.addAll(values.subList(tail, values.size()));
    return new Chunk<>(newTimes, newValues);
  }

  /** The same without the one of that time. */
  Chunk<V> without(long time) {
    int at = floor(time);
    if (at < 0 || times[at] != time) {
      return this;
    }
    Chunk<V> head = part(0, at);
    Chunk<V> tail = part(at + 1, size());
    long[] newTimes = Arrays.copyOf(head.times, size() - 1);
    System.arraycopy(tail.times, 0, newTimes, at, tail.size());
    List<V> newValues = new ArrayList<>(head.values);
    newValues.addAll(tail.values);
    return new Chunk<>(newTimes, newValues);
  }

  /** Those from that place to before that one. */
  Chunk<V> part(int from, int to) {
    return new Chunk<>(
        Arrays.copyOfRange(times, from, to), new ArrayList<>(values.subList(from, to)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk<?> chunk
        && Arrays.equals(times, chunk.times)
        && values.equals(chunk.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(times), values);
  }
}
