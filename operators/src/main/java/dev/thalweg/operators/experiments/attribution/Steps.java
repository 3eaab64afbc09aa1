package dev.thalweg.operators.experiments.attribution;

import java.util.Arrays;

/**
 * What a unit adds to its arm, minute by minute of event time: the value at the end of each minute
 * in which it changes. A unit enters with its exposure, and may leave again. Mutable.
 */
final class Steps {
  private static final int FIRST_CAPACITY = 4;

  private final int arm;
  private long[] minutes = new long[FIRST_CAPACITY];
  private double[] firsts = new double[FIRST_CAPACITY];
  private double[] seconds = new double[FIRST_CAPACITY];
  private boolean[] present = new boolean[FIRST_CAPACITY];
  private int size;

  /** Learns what is added to, and taken from, the sums of a minute. */
  interface Changes {
    /**
     * A unit's values are added, or taken back.
     *
     * @param sign 1 or -1
     */
    void change(long minute, int arm, int sign, double first, double second);
  }

  Steps(int arm) {
    this.arm = arm;
  }

  /** Of a unit that adds nothing. */
  static Steps none() {
    return new Steps(Hit.NO_ARM);
  }

  /** From that minute on the unit has these values; minutes never decrease. */
  void set(long minute, double first, double second) {
    put(minute, first, second, true);
  }

  /** From that minute on it adds nothing. */
  void leave(long minute) {
    put(minute, 0, 0, false);
  }

  private void put(long minute, double first, double second, boolean isPresent) {
    if (size == 0 || minutes[size - 1] != minute) {
      if (size == minutes.length) {
        minutes = Arrays.copyOf(minutes, 2 * size);
        firsts = Arrays.copyOf(firsts, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
        present = Arrays.copyOf(present, 2 * size);
      }
      size++;
    }
    minutes[size - 1] = minute;
    firsts[size - 1] = first;
    seconds[size - 1] = second;
    present[size - 1] = isPresent;
  }

  /** Tells what must be added and taken back for these to become those. */
  void changeTo(Steps other, Changes changes) {
    int i = 0;
    int j = 0;
    while (i < size || j < other.size) {
      long minute = Math.min(minuteOf(i), other.minuteOf(j));
      int before = i - 1;
      int otherBefore = j - 1;
      i += minuteOf(i) == minute ? 1 : 0;
      j += other.minuteOf(j) == minute ? 1 : 0;
      if (!isSame(before, other, otherBefore)) {
        tell(before, minute, 1, changes);
        other.tell(otherBefore, minute, -1, changes);
      }
      if (!isSame(i - 1, other, j - 1)) {
        tell(i - 1, minute, -1, changes);
        other.tell(j - 1, minute, 1, changes);
      }
    }
  }

  /** Tells the same of the minute in which the unit enters, and of what it has at its end. */
  void changeEntryTo(Steps other, Changes changes) {
    boolean isInSameMinute = size == 0 || other.size == 0 || minutes[0] == other.minutes[0];
    if (!isInSameMinute || !isSame(0, other, 0)) {
      tell(0, minutes[0], -1, changes);
      other.tell(0, other.minutes[0], 1, changes);
    }
  }

  private long minuteOf(int i) {
    return i < size ? minutes[i] : Long.MAX_VALUE;
  }

  private boolean isPresent(int i) {
    return i >= 0 && present[i];
  }

  private boolean isSame(int i, Steps other, int j) {
    if (!isPresent(i) || !other.isPresent(j)) {
      return isPresent(i) == other.isPresent(j);
    }
    return arm == other.arm
        && Double.compare(firsts[i], other.firsts[j]) == 0
        && Double.compare(seconds[i], other.seconds[j]) == 0;
  }

  private void tell(int i, long minute, int sign, Changes changes) {
    if (isPresent(i)) {
      changes.change(minute, arm, sign, firsts[i], seconds[i]);
    }
  }
}
