package dev.thalweg.operators.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Consumer;

/**
 * Where windows and their slices begin and end, in epoch milliseconds. Lengths of whole days follow
 * the calendar of a zone, so that a day may have 23 or 25 hours; shorter ones count from the zone's
 * midnight, and the last of a day may be longer or shorter where the clock is changed by part of
 * it. Weeks (7 days) begin on Monday; other numbers of days count from 1970-01-05, a Monday.
 */
public final class Windows {
  private static final long MONDAY = LocalDate.of(1970, 1, 5).toEpochDay();

  private final WindowSpec.Sliced spec;
  private final ZoneId zone;

  /** A window's bounds; the end is not part of it. */
  public record Bounds(long start, long end) {}

  /** The windows of that declaration in that zone. */
  public Windows(WindowSpec.Sliced spec, ZoneId zone) {
    this.spec = spec;
    this.zone = zone;
  }

  /** Where the slice begins that holds that time. */
  public long sliceStart(long time) {
    return start(time, spec.slice());
  }

  /** Where the slice ends that begins there. */
  public long sliceEnd(long start) {
    return end(start, spec.slice());
  }

  private long start(long time, Duration length) {
    LocalDate day = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
    if (WindowLengths.isDays(length)) {
      return midnight(firstDay(day.toEpochDay(), length.toDays()));
    }
    long midnight = midnight(day.toEpochDay());
    return midnight + Math.floorDiv(time - midnight, length.toMillis()) * length.toMillis();
  }

  private long end(long start, Duration length) {
    ZonedDateTime from = Instant.ofEpochMilli(start).atZone(zone);
    long day = from.toLocalDate().toEpochDay();
    if (WindowLengths.isDays(length)) {
      return midnight(day + length.toDays());
    }
    return Math.min(start + length.toMillis(), midnight(day + 1));
  }

  private static long firstDay(long day, long days) {
    return day - Math.floorMod(day - MONDAY, days);
  }

  private long midnight(long day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** Tells of every window that the slice beginning there is part of, in order of their ends. */
  public void forEachWindow(long slice, Consumer<Bounds> consumer) {
    if (spec instanceof WindowSpec.Tumbling) {
      consumer.accept(new Bounds(slice, sliceEnd(slice)));
    } else if (spec instanceof WindowSpec.Cumulating cumulating) {
      long start = start(slice, cumulating.size());
      long last = end(start, cumulating.size());
      for (long s = slice; s < last; s = sliceEnd(s)) {
        consumer.accept(new Bounds(start, Math.min(sliceEnd(s), last)));
      }
    } else {
      int parts = (int) (spec.size().toMillis() / spec.slice().toMillis());
      long[] starts = slicesAround(slice, parts);
      for (int i = 0; i < parts; i++) {
        consumer.accept(new Bounds(starts[i], starts[i + parts]));
      }
    }
  }

  /** The starts of that many slices to the one beginning there, and of as many after it. */
  private long[] slicesAround(long slice, int parts) {
    long[] starts = new long[2 * parts];
    starts[parts - 1] = slice;
    for (int i = parts - 2; i >= 0; i--) {
      starts[i] = sliceStart(starts[i + 1] - 1);
    }
    for (int i = parts; i < 2 * parts; i++) {
      starts[i] = sliceEnd(starts[i - 1]);
    }
    return starts;
  }

  /** The end of the last window that the slice beginning there is part of. */
  public long lastEnd(long slice) {
    long[] last = {slice};
    forEachWindow(slice, bounds -> last[0] = bounds.end());
    return last[0];
  }

  /** Tells of the beginning of every slice of a window. */
  public void forEachSlice(Bounds window, Consumer<Long> consumer) {
    for (long slice = window.start(); slice < window.end(); slice = sliceEnd(slice)) {
      consumer.accept(slice);
    }
  }
}
