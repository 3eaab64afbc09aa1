package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import dev.thalweg.schemas.EventCursor;
import java.util.function.Supplier;

/** What one metric takes of the events of one contract, to be added up by groups. */
final class GroupItem {
  private final int condition;
  private final Measure measure;
  private final Dimensions by;
  private final Windowing windowing;
  private final ViewGroup plain;

  /** Into which part of a group's time an event goes. */
  private interface Windowing {
    /** Whether all windows of that time take no more corrections. */
    boolean isLate(long time, long watermark);

    /** What is aggregated of the part, for the event to be added to. */
    Aggregate part(PreAggregation parts, ViewGroup group, long time, Supplier<Aggregate> empty);
  }

  private GroupItem(
      ViewGroup plain, int condition, Measure measure, Dimensions by, Windowing windowing) {
    this.plain = plain;
    this.condition = condition;
    this.measure = measure;
    this.by = by;
    this.windowing = windowing;
  }

  /** Of a metric with windows made of slices. */
  static GroupItem sliced(
      String metric,
      int condition,
      Measure measure,
      Dimensions by,
      SliceClock clock,
      Lateness lateness) {
    return new GroupItem(
        plain(ViewGroup.Kind.SLICES, metric), condition, measure, by, new Slices(clock, lateness));
  }

  /** Of a metric whose windows are sessions, with that gap in milliseconds. */
  static GroupItem session(
      String metric, int condition, Measure measure, Dimensions by, long gap, Lateness lateness) {
    return new GroupItem(
        plain(ViewGroup.Kind.SESSIONS, metric),
        condition,
        measure,
        by,
        new SessionParts(gap, lateness));
  }

  private static ViewGroup plain(ViewGroup.Kind kind, String metric) {
    return new ViewGroup(kind, metric, ViewGroup.NO_DIMENSIONS);
  }

  /** Which condition the event must fulfil. */
  int condition() {
    return condition;
  }

  /** Whether the event has what is measured. */
  boolean applies(EventCursor event) {
    return measure.applies(event);
  }

  /** Adds an event that applies; false if it is too late. */
  boolean add(EventCursor event, long time, long watermark, PreAggregation parts) {
    if (windowing.isLate(time, watermark)) {
      return false;
    }
    measure.add(event, windowing.part(parts, group(event), time, measure.empty()));
    return true;
  }

  private ViewGroup group(EventCursor event) {
    String dimensions = by.of(event);
    return dimensions.equals(ViewGroup.NO_DIMENSIONS)
        ? plain
        : new ViewGroup(plain.kind(), plain.name(), dimensions);
  }

  private record Slices(SliceClock clock, Lateness lateness) implements Windowing {
    @Override
    public boolean isLate(long time, long watermark) {
      return Lateness.isOver(lateness.ofWindow(clock.at(time).lastEnd()), watermark);
    }

    @Override
    public Aggregate part(
        PreAggregation parts, ViewGroup group, long time, Supplier<Aggregate> empty) {
      SliceClock slice = clock.at(time);
      return parts.add(group, slice.start(), slice.end(), empty);
    }
  }

  private record SessionParts(long gap, Lateness lateness) implements Windowing {
    @Override
    public boolean isLate(long time, long watermark) {
      return Lateness.isOver(lateness.ofWindow(time + gap), watermark);
    }

    @Override
    public Aggregate part(
        PreAggregation parts, ViewGroup group, long time, Supplier<Aggregate> empty) {
      return parts.addToSession(group, time, gap, empty);
    }
  }
}
