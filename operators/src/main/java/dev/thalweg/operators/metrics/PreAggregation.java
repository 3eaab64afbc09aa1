package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings together what many events contribute before it is sent on: one contribution a group and
 * slice, however many events. Slices are told apart by their ends, as windows that grow have a
 * beginning in common. Of sessions, it is one for each stretch of time as long as the gap, as
 * events within it are always of one session. Not thread safe.
 */
final class PreAggregation {
  private final Map<ViewGroup, Map<Long, Part>> parts = new HashMap<>();
  private int size;

  /** What is aggregated of a slice, for events to be added to; counts one event. */
  Aggregate add(ViewGroup group, long start, long end, Supplier<Aggregate> empty) {
    Part part = part(group, end, start, end, empty);
    part.events++;
    return part.aggregate;
  }

  /** What is aggregated of a part of a session, for an event to be added to; counts that event. */
  Aggregate addToSession(ViewGroup group, long time, long gap, Supplier<Aggregate> empty) {
    Part part = part(group, Math.floorDiv(time, gap), time, time + gap, empty);
    part.start = Math.min(part.start, time);
    part.end = Math.max(part.end, time + gap);
    part.events++;
    return part.aggregate;
  }

  /** Adds what was aggregated elsewhere. */
  void add(Contribution more) {
    Map<Long, Part> ofGroup = parts.computeIfAbsent(more.group(), g -> new HashMap<>());
    Part part = ofGroup.get(more.end());
    if (part == null) {
      ofGroup.put(more.end(), new Part(more.start(), more.end(), more.aggregate(), more.events()));
      size++;
    } else {
      part.aggregate.merge(more.aggregate());
      part.events += more.events();
    }
  }

  private Part part(ViewGroup group, long key, long start, long end, Supplier<Aggregate> empty) {
    return parts
        .computeIfAbsent(group, g -> new HashMap<>())
        .computeIfAbsent(
            key,
            k -> {
              size++;
              return new Part(start, end, empty.get(), 0);
            });
  }

  /** Groups and slices held. */
  int size() {
    return size;
  }

  /** Tells of all that is held, and forgets it. */
  void flush(Consumer<Contribution> consumer) {
    parts.forEach(
        (group, slices) -> slices.values().forEach(part -> consumer.accept(part.of(group))));
    parts.clear();
    size = 0;
  }

  private static final class Part {
    private final Aggregate aggregate;
    private long start;
    private long end;
    private long events;

    Part(long start, long end, Aggregate aggregate, long events) {
      this.start = start;
      this.end = end;
      this.aggregate = aggregate;
      this.events = events;
    }

    Contribution of(ViewGroup group) {
      return new Contribution(group, start, end, aggregate, events);
    }
  }
}
