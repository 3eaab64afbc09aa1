package dev.thalweg.operators.metrics;

import java.util.Objects;

/**
 * Names an entry of what is kept of a subject, or of a group. It goes by names, so that
 * declarations may be added, removed and put in another order while the state stays.
 *
 * @param kind what it is an entry of
 * @param name of the metric, the funnel or the retention view; empty for sessions
 * @param dimensions the group's dimensions; empty where there are none
 * @param at where in time, as each kind counts it
 */
public record TrackKey(Kind kind, String name, String dimensions, long at) {
  /** What an entry is of. Written by place: new ones come last. */
  public enum Kind {
    /** The slices in which a subject was seen, in a block of time. */
    UNIQUE,
    /** Sessions next to each other. */
    SESSION,
    /** Events of a funnel next to each other. */
    FUNNEL_EVENTS,
    /** The depth reached in a window of a funnel. */
    FUNNEL_WINDOW,
    /** The days of a subject. */
    RETENTION,
    /** Windows of a metric that are sessions, next to each other. */
    SESSION_WINDOWS
  }

  /** Refuses missing parts. */
  public TrackKey {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dimensions, "dimensions");
  }
}
