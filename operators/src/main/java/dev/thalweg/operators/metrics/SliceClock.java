package dev.thalweg.operators.metrics;

/** The slice of one time after the other; times that follow closely rarely leave it. */
final class SliceClock {
  private final Windows windows;
  private long start;
  private long end;
  private long lastEnd;

  SliceClock(Windows windows) {
    this.windows = windows;
  }

  /** Moves to the slice that holds that time. */
  SliceClock at(long time) {
    if (time < start || time >= end) {
      start = windows.sliceStart(time);
      end = windows.sliceEnd(start);
      lastEnd = windows.lastEnd(start);
    }
    return this;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** The end of the last window with that slice. */
  long lastEnd() {
    return lastEnd;
  }
}
