package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.Windows.Bounds;
import dev.thalweg.operators.metrics.aggregate.Counts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Counts a subject once in each window of a metric, by dimensions. It remembers the slices in which
 * the subject was seen, in blocks as long as a window; a block is forgotten when corrections to the
 * last window of its last slice are over.
 */
final class UniqueWindows {
  private static final int SLICES_KNOWN = 16;

  private final String metric;
  private final Windows windows;
  private final long span;
  private final Lateness lateness;
  private final Entries<long[]> slices;
  private final Map<Long, List<Bounds>> known = new LatestSlices();

  UniqueWindows(MetricDefinition metric, ZoneId zone, Lateness lateness, Entries<long[]> slices) {
    this.metric = metric.name();
    windows = new Windows((WindowSpec.Sliced) metric.window(), zone);
    span = metric.window().size().toMillis();
    this.lateness = lateness;
    this.slices = slices;
  }

  /** Whether corrections to all windows of that time are over. */
  boolean isLate(long time, long watermark) {
    return Lateness.isOver(closing(windows.sliceStart(time)), watermark);
  }

  /** Adds an event; false if it is too late for all windows. */
  boolean add(String dimensions, long time, long watermark, Consumer<Contribution> out) {
    if (isLate(time, watermark)) {
      return false;
    }
    long slice = windows.sliceStart(time);
    ViewGroup group = new ViewGroup(ViewGroup.Kind.WINDOWS, metric, dimensions);
    List<Bounds> around = windowsOf(slice);
    long[] seen = seen(dimensions, around);
    for (Bounds window : around) {
      if (!Lateness.isOver(lateness.ofWindow(window.end()), watermark)) {
        long change = isIn(window, seen) ? 0 : 1;
        out.accept(
            new Contribution(group, window.start(), window.end(), new Counts(1).add(0, change), 1));
      }
    }
    if (Arrays.binarySearch(seen, slice) < 0) {
      remember(dimensions, slice);
    }
    return true;
  }

  private List<Bounds> windowsOf(long slice) {
    return known.computeIfAbsent(
        slice,
        start -> {
          List<Bounds> all = new ArrayList<>();
          windows.forEachWindow(start, all::add);
          return all;
        });
  }

  private long closing(long slice) {
    List<Bounds> all = windowsOf(slice);
    return lateness.ofWindow(all.get(all.size() - 1).end());
  }

  private long block(long time) {
    return Math.floorDiv(time, span);
  }

  private TrackKey key(String dimensions, long block) {
    return new TrackKey(TrackKey.Kind.UNIQUE, metric, dimensions, block);
  }

  /** The slices seen between the first window's start and the last window's end, in order. */
  private long[] seen(String dimensions, List<Bounds> around) {
    long last = block(around.get(around.size() - 1).end() - 1);
    LongStream all = LongStream.empty();
    for (long block = block(around.get(0).start()); block <= last; block++) {
      long[] some = slices.get(key(dimensions, block));
      if (some != null) {
        all = LongStream.concat(all, Arrays.stream(some));
      }
    }
    return all.toArray();
  }

  private static boolean isIn(Bounds window, long[] seen) {
    int at = Arrays.binarySearch(seen, window.start());
    int first = at >= 0 ? at : -at - 1;
    return first < seen.length && seen[first] < window.end();
  }

  private void remember(String dimensions, long slice) {
    TrackKey key = key(dimensions, block(slice));
    long[] before = slices.get(key);
    if (before == null) {
      slices.put(key, new long[] {slice});
      slices.wakeAt(key, closing(slice));
      return;
    }
    long[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = slice;
    Arrays.sort(more);
    slices.put(key, more);
  }

  /** Forgets a block, or waits for its last slice. */
  void expire(TrackKey entry, long now) {
    long[] block = slices.get(entry);
    if (block == null) {
      return;
    }
    long last = closing(block[block.length - 1]);
    if (Lateness.isOver(last, now)) {
      slices.remove(entry);
    } else {
      slices.wakeAt(entry, last);
    }
  }

  /** The windows of the slices used last: nearly all events are of a few. */
  private static final class LatestSlices extends LinkedHashMap<Long, List<Bounds>> {
    private static final long serialVersionUID = 1L;

    LatestSlices() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, List<Bounds>> eldest) {
      return size() > SLICES_KNOWN;
    }
  }
}
