package dev.thalweg.operators.dedup;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * The ids of a busy subject that no longer fit beside its latest: kept in buckets of arrival, each
 * in small chunks.
 */
final class OlderEvents {
  private static final long[] NONE = {};

  private final MapState<ChunkKey, SeenIds> chunks;
  private final ValueState<long[]> buckets;
  private final Buckets arithmetic;
  private final long retention;
  private final ChunkKey probe = new ChunkKey(0, 0);

  OlderEvents(
      MapState<ChunkKey, SeenIds> chunks,
      ValueState<long[]> buckets,
      Buckets arithmetic,
      long retention) {
    this.chunks = chunks;
    this.buckets = buckets;
    this.arithmetic = arithmetic;
    this.retention = retention;
  }

  private long[] pairs() throws Exception {
    long[] pairs = buckets.value();
    return pairs == null ? NONE : pairs;
  }

  boolean contains(long high, long low, long arrival) throws Exception {
    long[] pairs = pairs();
    for (int i = 0; i < pairs.length; i += 2) {
      if (mayHold(pairs[i], arrival)) {
        int chunk = Buckets.chunk(low, Buckets.chunks(pairs[i + 1]));
        SeenIds ids = chunks.get(probe.at(pairs[i], chunk));
        if (ids != null && ids.contains(high, low, arrival, retention)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayHold(long bucket, long arrival) {
    return arithmetic.end(bucket) >= arrival - retention
        && arithmetic.start(bucket) <= arrival + retention;
  }

  /** Takes all ids of {@code recent} over. */
  void addAll(SeenIds recent) throws Exception {
    long[] pairs = pairs().clone();
    for (int i = 0; i < recent.size(); i++) {
      long bucket = arithmetic.of(recent.arrival(i));
      int at = Buckets.find(pairs, bucket);
      if (at < 0) {
        at = pairs.length;
        pairs = Buckets.with(pairs, bucket);
      }
      add(bucket, pairs[at + 1]++, recent, i);
    }
    buckets.update(pairs);
  }

  private void add(long bucket, long held, SeenIds recent, int i) throws Exception {
    int before = Buckets.chunks(held);
    int after = Buckets.chunks(held + 1);
    if (after > before) {
      split(bucket, before, after);
    }
    ChunkKey key = new ChunkKey(bucket, Buckets.chunk(recent.low(i), after));
    SeenIds ids = chunks.get(key);
    if (ids == null) {
      ids = new SeenIds();
    }
    ids.add(recent.high(i), recent.low(i), recent.arrival(i));
    chunks.put(key, ids);
  }

  /** Moves to the new last chunk what now belongs there. */
  private void split(long bucket, int before, int after) throws Exception {
    ChunkKey oldKey = new ChunkKey(bucket, Buckets.splitBy(before));
    SeenIds from = chunks.get(oldKey);
    if (from == null) {
      return;
    }
    SeenIds to = new SeenIds();
    for (int i = from.size() - 1; i >= 0; i--) {
      if (Buckets.chunk(from.low(i), after) == before) {
        to.add(from.high(i), from.low(i), from.arrival(i));
        from.remove(i);
      }
    }
    chunks.put(oldKey, from);
    chunks.put(new ChunkKey(bucket, before), to);
  }

  /** Removes the buckets that ended before {@code arrival}. */
  void removeBefore(long arrival) throws Exception {
    long[] pairs = pairs();
    for (int i = pairs.length - 2; i >= 0; i -= 2) {
      if (arithmetic.end(pairs[i]) < arrival) {
        for (int chunk = 0; chunk < Buckets.chunks(pairs[i + 1]); chunk++) {
          chunks.remove(probe.at(pairs[i], chunk));
        }
        pairs = Buckets.without(pairs, i);
      }
    }
    if (pairs.length == 0) {
      buckets.clear();
    } else {
      buckets.update(pairs);
    }
  }

  /** Start of the earliest bucket, or {@link Long#MAX_VALUE} if there is none. */
  long earliest() throws Exception {
    long[] pairs = pairs();
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < pairs.length; i += 2) {
      earliest = Math.min(earliest, arithmetic.start(pairs[i]));
    }
    return earliest;
  }
}
