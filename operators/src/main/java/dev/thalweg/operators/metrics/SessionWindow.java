package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;

/**
 * What is kept of a session of a group.
 *
 * @param start time of its first event
 * @param end the gap after its last event
 * @param aggregate what its events add up to; never changed once it is kept
 * @param events how many were applied
 */
record SessionWindow(long start, long end, Aggregate aggregate, long events) {
  static SessionWindow of(Contribution part) {
    return new SessionWindow(part.start(), part.end(), part.aggregate(), part.events());
  }

  /** Both in one; it takes over this one's aggregate, and only reads the other's. */
  SessionWindow with(SessionWindow other) {
    aggregate.merge(other.aggregate);
    return new SessionWindow(
        Math.min(start, other.start), Math.max(end, other.end), aggregate, events + other.events);
  }
}
