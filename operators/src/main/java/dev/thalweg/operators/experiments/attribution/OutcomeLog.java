package dev.thalweg.operators.experiments.attribution;

import java.util.Arrays;

/**
 * Outcomes of a unit for one metric: those that an exposure may still move, in order of time, and
 * what the others have come to, after exposure and before it. Mutable.
 */
final class OutcomeLog {
  private static final int FIRST_CAPACITY = 2;

  private long[] times;
  private double[] values;
  private boolean[] below;
  private int size;
  private final Tally after;
  private final Tally before;
  private OutcomeSum sum;

  OutcomeLog() {
    this(new Tally(), new Tally(), 0);
  }

  OutcomeLog(Tally after, Tally before, int capacity) {
    this.after = after;
    this.before = before;
    times = new long[Math.max(FIRST_CAPACITY, capacity)];
    values = new double[times.length];
    below = new boolean[times.length];
  }

  void add(long time, double value, boolean isBelow) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      below = Arrays.copyOf(below, 2 * size);
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    System.arraycopy(below, at, below, at + 1, size - at);
    times[at] = time;
    values[at] = value;
    below[at] = isBelow;
    size++;
  }

  /** Whether no outcome is later. */
  boolean isLatest(long time) {
    return size == 0 || times[size - 1] <= time;
  }

  /** What it comes to, if that was found since it changed last; else null. It is not serialized. */
  OutcomeSum sum() {
    return sum;
  }

  void sum(OutcomeSum found) {
    sum = found;
  }

  void forgetSum() {
    sum = null;
  }

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }

  boolean isBelow(int i) {
    return below[i];
  }

  /** What came to count after exposure and can move no more. */
  Tally after() {
    return after;
  }

  /** What came to count as behaviour before exposure and can move no more. */
  Tally before() {
    return before;
  }

  /**
   * What the unit did before its exposure, for CUPED.
   *
   * @param exposedAt when the unit was exposed
   */
  Tally beforeExposure(MetricRule rule, long exposedAt) {
    Tally all = new Tally();
    all.add(before);
    for (int i = 0; i < size && times[i] < exposedAt; i++) {
      if (rule.precedes(exposedAt, times[i])) {
        all.add(values[i], below[i]);
      }
    }
    return all;
  }

  /**
   * Adds up what can move no more, as the exposure stands.
   *
   * @param exposedAt when the unit was exposed, at the horizon or before it
   * @param horizon until when no event comes any more
   */
  void settle(MetricRule rule, long exposedAt, long horizon) {
    int settled = 0;
    while (settled < size && times[settled] <= horizon) {
      if (rule.counts(exposedAt, times[settled])) {
        after.add(values[settled], below[settled]);
      } else if (rule.precedes(exposedAt, times[settled])) {
        before.add(values[settled], below[settled]);
      }
      settled++;
    }
    dropFirst(settled);
  }

  /** Forgets what happened before that time. */
  void dropBefore(long time) {
    int gone = 0;
    while (gone < size && times[gone] < time) {
      gone++;
    }
    dropFirst(gone);
  }

  private void dropFirst(int gone) {
    if (gone > 0) {
      int left = size - gone;
      int capacity = Math.max(FIRST_CAPACITY, left);
      times = Arrays.copyOf(Arrays.copyOfRange(times, gone, size), capacity);
      values = Arrays.copyOf(Arrays.copyOfRange(values, gone, size), capacity);
      below = Arrays.copyOf(Arrays.copyOfRange(below, gone, size), capacity);
      size = left;
    }
  }
}
