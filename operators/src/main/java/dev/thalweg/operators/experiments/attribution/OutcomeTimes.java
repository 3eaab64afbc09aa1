package dev.thalweg.operators.experiments.attribution;

import java.util.Arrays;

/**
 * When a unit had outcomes, of whatever metric: an event counts once. Times that can come before no
 * exposure any more, or after none, are only counted. Mutable.
 */
final class OutcomeTimes {
  private long[] times;
  private int size;
  private long settledBefore;
  private long settledAfter;

  OutcomeTimes() {
    this(new long[0], 0, 0);
  }

  OutcomeTimes(long[] times, long settledBefore, long settledAfter) {
    this.times = times;
    this.size = times.length;
    this.settledBefore = settledBefore;
    this.settledAfter = settledAfter;
  }

  void add(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.max(2, 2 * size));
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    times[at] = time;
    size++;
  }

  boolean isEmpty() {
    return size + settledBefore + settledAfter == 0;
  }

  /** How many happened before the unit was exposed. */
  long before(long exposedAt) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (times[middle] < exposedAt) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return settledBefore + from;
  }

  /** Counts what no exposure can come before any more. */
  void settle(long exposedAt, long horizon) {
    int settled = 0;
    while (settled < size && times[settled] <= horizon) {
      if (times[settled] < exposedAt) {
        settledBefore++;
      } else {
        settledAfter++;
      }
      settled++;
    }
    if (settled > 0) {
      times = Arrays.copyOfRange(times, settled, size);
      size = times.length;
    }
  }

  long[] toArray() {
    return Arrays.copyOf(times, size);
  }

  long settledBefore() {
    return settledBefore;
  }

  long settledAfter() {
    return settledAfter;
  }
}
