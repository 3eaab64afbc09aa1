package dev.thalweg.operators.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values of a subject in order of time, in chunks of at most {@value #LIMIT}, so that finding and
 * changing one costs about the same however many there are. The beginnings of the chunks are kept
 * apart, once there are several; the first begins at {@link Long#MIN_VALUE} always.
 *
 * @param <V> what is kept
 */
final class Timeline<V> {
  static final int LIMIT = 64;

  private static final long[] ONE_CHUNK = {Long.MIN_VALUE};

  private final TrackKey.Kind kind;
  private final String name;
  private final Entries<Chunk<V>> chunks;
  private final Entries<long[]> beginnings;
  private final Expiry<V> expiry;

  /** When a value may be forgotten; of two, the later one's is not before the earlier one's. */
  interface Expiry<V> {
    long of(long time, V value);
  }

  /** A value and its time. */
  record Entry<V>(long time, V value) {}

  /** The last value not after a time, and the first after it; null where there is none. */
  record Neighbours<V>(Entry<V> before, Entry<V> after) {}

  Timeline(
      TrackKey.Kind kind,
      String name,
      Entries<Chunk<V>> chunks,
      Entries<long[]> beginnings,
      Expiry<V> expiry) {
    this.kind = kind;
    this.name = name;
    this.chunks = chunks;
    this.beginnings = beginnings;
    this.expiry = expiry;
  }

  private TrackKey key(long beginning) {
    return new TrackKey(kind, name, "", beginning);
  }

  private long[] beginnings() {
    long[] known = beginnings.get(key(0));
    return known == null ? ONE_CHUNK : known;
  }

  private static int chunkOf(long[] all, long time) {
    int at = Arrays.binarySearch(all, time);
    return at >= 0 ? at : -at - 2;
  }

  private Chunk<V> chunk(long beginning) {
    Chunk<V> chunk = chunks.get(key(beginning));
    return chunk == null ? Chunk.empty() : chunk;
  }

  private static <V> Entry<V> entry(Chunk<V> chunk, int i) {
    return i < 0 || i >= chunk.size() ? null : new Entry<>(chunk.time(i), chunk.value(i));
  }

  /** What is next to that time. */
  Neighbours<V> around(long time) {
    long[] all = beginnings();
    int c = chunkOf(all, time);
    Chunk<V> chunk = chunk(all[c]);
    int i = chunk.floor(time);
    Entry<V> before = entry(chunk, i);
    Entry<V> after = entry(chunk, i + 1);
    if (before == null && c > 0) {
      Chunk<V> earlier = chunk(all[c - 1]);
      before = entry(earlier, earlier.size() - 1);
    }
    if (after == null && c + 1 < all.length) {
      after = entry(chunk(all[c + 1]), 0);
    }
    return new Neighbours<>(before, after);
  }

  /** All from one moment to another, both included. */
  List<Entry<V>> between(long from, long to) {
    long[] all = beginnings();
    List<Entry<V>> found = new ArrayList<>();
    for (int c = chunkOf(all, from); c < all.length && all[c] <= to; c++) {
      Chunk<V> chunk = chunk(all[c]);
      for (int i = 0; i < chunk.size() && chunk.time(i) <= to; i++) {
        if (chunk.time(i) >= from) {
          found.add(entry(chunk, i));
        }
      }
    }
    return found;
  }

  /** Puts a value, in the place of one that has the same time. */
  void put(long time, V value) {
    long[] all = beginnings();
    int c = chunkOf(all, time);
    Chunk<V> before = chunk(all[c]);
    Chunk<V> chunk = before.with(time, value);
    if (chunk.size() > LIMIT) {
      split(all, c, chunk);
    } else {
      chunks.put(key(all[c]), chunk);
    }
    if (chunk.time(0) == time && (before.size() == 0 || before.time(0) != time)) {
      wake(all[c], chunk);
    }
  }

  private void split(long[] all, int c, Chunk<V> chunk) {
    Chunk<V> tail = chunk.part(LIMIT / 2, chunk.size());
    chunks.put(key(all[c]), chunk.part(0, LIMIT / 2));
    chunks.put(key(tail.time(0)), tail);
    wake(tail.time(0), tail);
    long[] more = new long[all.length + 1];
    System.arraycopy(all, 0, more, 0, c + 1);
    more[c + 1] = tail.time(0);
    System.arraycopy(all, c + 1, more, c + 2, all.length - c - 1);
    beginnings.put(key(0), more);
  }

  private void wake(long beginning, Chunk<V> chunk) {
    chunks.wakeAt(key(beginning), expiry.of(chunk.time(0), chunk.value(0)));
  }

  /** Removes the value of that time, if there is one. */
  void remove(long time) {
    long[] all = beginnings();
    int c = chunkOf(all, time);
    replace(all, c, chunk(all[c]).without(time));
  }

  private void replace(long[] all, int c, Chunk<V> chunk) {
    if (chunk.size() > 0) {
      chunks.put(key(all[c]), chunk);
    } else if (all.length == 1) {
      chunks.remove(key(all[c]));
    } else if (c > 0) {
      chunks.remove(key(all[c]));
      forget(all, c);
    } else {
      Chunk<V> second = chunk(all[1]);
      chunks.remove(key(all[1]));
      chunks.put(key(all[0]), second);
      wake(all[0], second);
      forget(all, 1);
    }
  }

  private void forget(long[] all, int c) {
    if (all.length == 2) {
      beginnings.remove(key(0));
      return;
    }
    long[] fewer = new long[all.length - 1];
    System.arraycopy(all, 0, fewer, 0, c);
    System.arraycopy(all, c + 1, fewer, c, fewer.length - c);
    beginnings.put(key(0), fewer);
  }

  /** Forgets of a chunk what may be forgotten by now. */
  void expire(TrackKey entry, long now) {
    Chunk<V> chunk = chunks.get(entry);
    if (chunk == null) {
      return;
    }
    int gone = 0;
    while (gone < chunk.size() && expiry.of(chunk.time(gone), chunk.value(gone)) <= now) {
      gone++;
    }
    Chunk<V> left = chunk.part(gone, chunk.size());
    long[] all = beginnings();
    replace(all, chunkOf(all, entry.at()), left);
    if (left.size() > 0) {
      wake(entry.at(), left);
    }
  }
}
