package dev.thalweg.operators.metrics;

import java.util.Arrays;

/**
 * A set of days, in days since 1970-01-01: pairs of a number and 64 bits, for the 64 days from 64
 * times that number on. Immutable.
 */
final class ActiveDays {
  static final ActiveDays NONE = new ActiveDays(new long[0]);

  private final long[] pairs;

  private ActiveDays(long[] pairs) {
    this.pairs = pairs;
  }

  static ActiveDays of(long[] pairs) {
    return pairs == null ? NONE : new ActiveDays(pairs);
  }

  /** The pairs, in order; not to be changed. */
  long[] pairs() {
    return pairs;
  }

  boolean isEmpty() {
    return pairs.length == 0;
  }

  private static long number(long day) {
    return Math.floorDiv(day, Long.SIZE);
  }

  /** Where the pair of that number is, or where it would come. */
  private int place(long number) {
    int i = 0;
    while (i < pairs.length && pairs[i] < number) {
      i += 2;
    }
    return i;
  }

  private boolean isAt(int i, long number) {
    return i < pairs.length && pairs[i] == number;
  }

  boolean contains(long day) {
    int i = place(number(day));
    return isAt(i, number(day)) && (pairs[i + 1] >>> day & 1) != 0;
  }

  ActiveDays with(long day) {
    int i = place(number(day));
    long[] more;
    if (isAt(i, number(day))) {
      more = pairs.clone();
    } else {
      more = Arrays.copyOf(pairs, pairs.length + 2);
      System.arraycopy(pairs, i, more, i + 2, pairs.length - i);
      more[i] = number(day);
      more[i + 1] = 0;
    }
    more[i + 1] |= 1L << day;
    return new ActiveDays(more);
  }

  /** The first day of a set that is not empty. */
  long first() {
    return pairs[0] * Long.SIZE + Long.numberOfTrailingZeros(pairs[1]);
  }

  /** The last day of a set that is not empty. */
  long last() {
    int i = pairs.length - 2;
    return pairs[i] * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(pairs[i + 1]);
  }

  /** Whether there is any from that day to before that one. */
  boolean anyBetween(long from, long to) {
    for (int i = place(number(from)); i < pairs.length && pairs[i] * Long.SIZE < to; i += 2) {
      long bits = pairs[i + 1];
      long base = pairs[i] * Long.SIZE;
      if (from > base) {
        bits &= -1L << (from - base);
      }
      if (to < base + Long.SIZE) {
        bits &= (1L << (to - base)) - 1;
      }
      if (bits != 0) {
        return true;
      }
    }
    return false;
  }
}
