package dev.thalweg.operators.dedup;

import java.util.Arrays;

/**
 * A small set of 128-bit event id hashes, each with its first arrival, in one primitive array.
 * Searched from end to end, so keep it small. Neither looking up nor adding within the capacity
 * allocates.
 */
public final class SeenIds {
  static final int STRIDE = 3;

  private long[] slots;
  private int size;
  private boolean overflown;

  /** An empty set. */
  public SeenIds() {
    this(new long[2 * STRIDE], 0, false);
  }

  SeenIds(long[] slots, int size, boolean overflown) {
    this.slots = slots;
    this.size = size;
    this.overflown = overflown;
  }

  /**
   * Whether ids that did not fit are kept elsewhere. Spares nearly all subjects a second look into
   * state.
   */
  public boolean isOverflown() {
    return overflown;
  }

  void setOverflown(boolean overflown) {
    this.overflown = overflown;
  }

  /** Ids held. */
  public int size() {
    return size;
  }

  /** Upper half of the hash of id {@code i}. */
  public long high(int i) {
    return slots[i * STRIDE];
  }

  /** Lower half of the hash of id {@code i}. */
  public long low(int i) {
    return slots[i * STRIDE + 1];
  }

  /** First arrival of id {@code i}, epoch milliseconds. */
  public long arrival(int i) {
    return slots[i * STRIDE + 2];
  }

  /**
   * Whether the id is held with a first arrival at most {@code retention} milliseconds away from
   * {@code arrival}, on either side.
   */
  public boolean contains(long high, long low, long arrival, long retention) {
    for (int i = 0; i < size * STRIDE; i += STRIDE) {
      if (slots[i] == high
          && slots[i + 1] == low
          && Math.abs(arrival - slots[i + 2]) <= retention) {
        return true;
      }
    }
    return false;
  }

  /** Adds an id. */
  public void add(long high, long low, long arrival) {
    if (size * STRIDE == slots.length) {
      slots = Arrays.copyOf(slots, slots.length * 2);
    }
    int at = size * STRIDE;
    slots[at] = high;
    slots[at + 1] = low;
    slots[at + 2] = arrival;
    size++;
  }

  /** Removes id {@code i} by moving the last one into its place. */
  public void remove(int i) {
    size--;
    System.arraycopy(slots, size * STRIDE, slots, i * STRIDE, STRIDE);
  }

  /** Removes every id whose first arrival lies before {@code arrival}. */
  public void removeBefore(long arrival) {
    for (int i = size - 1; i >= 0; i--) {
      if (arrival(i) < arrival) {
        remove(i);
      }
    }
  }

  /** Removes all. */
  public void clear() {
    size = 0;
  }

  /** The earliest first arrival, or {@link Long#MAX_VALUE} if it is empty. */
  public long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, arrival(i));
    }
    return earliest;
  }

  SeenIds copy() {
    return new SeenIds(slots.clone(), size, overflown);
  }

  long[] slots() {
    return slots;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeenIds ids
        && size == ids.size
        && overflown == ids.overflown
        && Arrays.equals(slots, 0, size * STRIDE, ids.slots, 0, size * STRIDE);
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = 0; i < size * STRIDE; i++) {
      hash = 31 * hash + Long.hashCode(slots[i]);
    }
    return hash;
  }
}
