package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.Timeline.Entry;
import dev.thalweg.operators.metrics.aggregate.Counts;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts a subject in each window of a funnel by the steps it took: the window is that of a first
 * step, and the depth the greatest that any first step in it leads to. The steps' times must not
 * decrease and lie within the limit of the first, and the events must be different ones; which of
 * those with equal times came first does not matter. So a depth never becomes less, and depends on
 * the events only, not on their order.
 */
final class FunnelMatch {
  /** With more windows within the limit, looking at the events is no dearer than at the windows. */
  private static final int FEW_WINDOWS = 32;

  private final ViewGroup group;
  private final int steps;
  private final long within;
  private final FunnelDefinition funnel;
  private final Lateness lateness;
  private final Windows windows;
  private final Timeline<Moment> timeline;
  private final Entries<Integer> depths;

  FunnelMatch(
      FunnelDefinition funnel,
      ZoneId zone,
      Lateness lateness,
      Entries<Chunk<Moment>> chunks,
      Entries<long[]> beginnings,
      Entries<Integer> depths) {
    this.funnel = funnel;
    group = new ViewGroup(ViewGroup.Kind.FUNNEL, funnel.name(), ViewGroup.NO_DIMENSIONS);
    steps = funnel.steps().size();
    within = funnel.within().toMillis();
    this.lateness = lateness;
    windows = new Windows(funnel.window(), zone);
    this.depths = depths;
    timeline =
        new Timeline<>(
            TrackKey.Kind.FUNNEL_EVENTS,
            funnel.name(),
            chunks,
            beginnings,
            (time, moment) -> closing(windows.sliceStart(time)));
  }

  private long closing(long window) {
    return lateness.ofFunnel(funnel, windows.sliceEnd(window));
  }

  /** Whether corrections to the window of that time are over. */
  boolean isLate(long time, long watermark) {
    return Lateness.isOver(closing(windows.sliceStart(time)), watermark);
  }

  /**
   * Adds an event.
   *
   * @param event the steps it may be, a bit for each
   * @return false if it is too late
   */
  boolean add(long time, int event, long watermark, Consumer<Contribution> out) {
    if (isLate(time, watermark)) {
      return false;
    }
    Entry<Moment> before = timeline.around(time).before();
    Moment known = before == null || before.time() != time ? Moment.NONE : before.value();
    Moment moment = known.with(event, steps);
    if (moment != known) {
      timeline.put(time, moment);
      deepen(time, event, watermark, out);
    }
    return true;
  }

  private void deepen(long time, int event, long watermark, Consumer<Contribution> out) {
    boolean firstStepOnly = event == 1;
    long from = firstStepOnly ? time : time - within;
    int reach = reach(time, event);
    if (!mayDeepen(from, time, event, reach)) {
      return;
    }
    List<Entry<Moment>> moments = timeline.between(from, time + within);
    FunnelPaths paths = new FunnelPaths(moments, steps, within);
    int i = 0;
    while (i < moments.size() && moments.get(i).time() <= time) {
      long window = windows.sliceStart(moments.get(i).time());
      long end = Math.min(windows.sliceEnd(window), time + 1);
      int before = Lateness.isOver(closing(window), watermark) ? steps : depth(window);
      int after = before;
      for (; i < moments.size() && moments.get(i).time() < end; i++) {
        if (after < reach && moments.get(i).value().isStep(0)) {
          after = Math.max(after, paths.depth(i, 0));
        }
      }
      deepen(window, before, after, out);
    }
  }

  /** No path through the event goes deeper than that, wherever it started. */
  private int reach(long time, int event) {
    List<Entry<Moment>> ahead = timeline.between(time, time + within);
    FunnelPaths paths = new FunnelPaths(ahead, steps, within);
    int reach = 0;
    for (int step = 0; step < steps; step++) {
      if ((event >> step & 1) != 0) {
        reach = Math.max(reach, paths.depth(0, step));
      }
    }
    return reach;
  }

  /** Spares those who do the same over and over the look at all that they did. */
  private boolean mayDeepen(long from, long time, int event, int reach) {
    long window = windows.sliceStart(time);
    boolean starts = (event & 1) != 0;
    for (int i = 0; i < FEW_WINDOWS; i++) {
      int depth = depth(window);
      if (depth < reach && (depth > 0 || starts)) {
        return true;
      }
      if (window <= from) {
        return false;
      }
      window = windows.sliceStart(window - 1);
      starts = false;
    }
    return true;
  }

  private TrackKey key(long window) {
    return new TrackKey(TrackKey.Kind.FUNNEL_WINDOW, group.name(), "", window);
  }

  private int depth(long window) {
    Integer depth = depths.get(key(window));
    return depth == null ? 0 : depth;
  }

  private void deepen(long window, int before, int after, Consumer<Contribution> out) {
    if (after <= before) {
      return;
    }
    TrackKey key = key(window);
    depths.put(key, after);
    if (before == 0) {
      depths.wakeAt(key, closing(window));
    }
    Counts counts = new Counts(steps);
    for (int step = before; step < after; step++) {
      counts.add(step, 1);
    }
    // Each step counts for the version, not each event that took some: so it does not depend on
    // whether one event deepened the window by three steps, or three by one each.
    out.accept(new Contribution(group, window, windows.sliceEnd(window), counts, after - before));
  }

  /** Forgets what can be forgotten of an entry of either kind. */
  void expire(TrackKey entry, long now) {
    if (entry.kind() == TrackKey.Kind.FUNNEL_EVENTS) {
      timeline.expire(entry, now);
    } else if (Lateness.isOver(closing(entry.at()), now)) {
      depths.remove(entry);
    } else if (depths.get(entry) != null) {
      depths.wakeAt(entry, closing(entry.at()));
    }
  }
}
