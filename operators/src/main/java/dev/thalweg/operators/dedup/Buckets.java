package dev.thalweg.operators.dedup;

import java.util.Arrays;

/**
 * Arithmetic of arrival buckets and their chunks. A bucket spans a quarter of the retention. Its
 * ids are spread over chunks by linear hashing (Litwin, 1980): with every {@value #LOAD} ids one
 * chunk more, of which exactly one old chunk gives up ids to the new one; so a chunk stays small
 * however many ids a bucket holds, and adding an id costs the same always.
 */
final class Buckets {
  static final int LOAD = 32;

  /**
   * Arrivals lie within this many milliseconds of 1970 (the years -260 to 4199), so that nothing
   * computed of them overflows, buckets and retentions included.
   */
  static final long LIMIT = 1L << 46;

  private static final int PER_RETENTION = 4;

  private final long span;

  Buckets(long retention) {
    span = Math.max(1, retention / PER_RETENTION);
  }

  /** The arrival, or the limit it exceeds. */
  static long clamp(long arrival) {
    return Math.max(-LIMIT, Math.min(LIMIT, arrival));
  }

  /** The bucket of an arrival. */
  long of(long arrival) {
    return Math.floorDiv(arrival, span);
  }

  /** The last millisecond of a bucket. */
  long end(long bucket) {
    return (bucket + 1) * span - 1;
  }

  /** The first millisecond of a bucket. */
  long start(long bucket) {
    return bucket * span;
  }

  /** Chunks of a bucket that holds that many ids. */
  static int chunks(long ids) {
    return (int) Math.max(1, (ids + LOAD - 1) / LOAD);
  }

  /** The chunk of an id among that many chunks. */
  static int chunk(long hash, int chunks) {
    int level = Integer.highestOneBit(chunks);
    int mask = (level << 1) - 1;
    int candidate = (int) hash & mask;
    return candidate < chunks ? candidate : candidate & (level - 1);
  }

  /** The chunk that gives up ids when chunk number {@code added} is added. */
  static int splitBy(int added) {
    return added - Integer.highestOneBit(added);
  }

  /** Where the bucket stands in pairs of bucket and number of ids, or -1. */
  static int find(long[] pairs, long bucket) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i] == bucket) {
        return i;
      }
    }
    return -1;
  }

  /** The pairs with one more, of no ids. */
  static long[] with(long[] pairs, long bucket) {
    long[] more = Arrays.copyOf(pairs, pairs.length + 2);
    more[pairs.length] = bucket;
    return more;
  }

  /** The pairs without the one at {@code i}. */
  static long[] without(long[] pairs, int i) {
    long[] fewer = new long[pairs.length - 2];
    System.arraycopy(pairs, 0, fewer, 0, i);
    System.arraycopy(pairs, i + 2, fewer, i, fewer.length - i);
    return fewer;
  }
}
