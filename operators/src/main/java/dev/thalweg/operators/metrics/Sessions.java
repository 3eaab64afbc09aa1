package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.Timeline.Entry;
import dev.thalweg.operators.metrics.Timeline.Neighbours;

/**
 * Groups the events of a subject into sessions: those at most the gap apart are of one, in whatever
 * order they come, so that an event may begin a session, prolong one at either end, or make one of
 * two.
 */
final class Sessions {
  private final SessionDefinition definition;
  private final Lateness lateness;
  private final long gap;
  private final Timeline<Session> timeline;

  /** Learns how the sessions of the current subject change. */
  interface Changes {
    /** There is a session like that now. */
    void changed(Session session);

    /** None begins there any more, as it went into that one. */
    void removed(long start, Session into);
  }

  Sessions(
      SessionDefinition definition,
      Lateness lateness,
      Entries<Chunk<Session>> chunks,
      Entries<long[]> beginnings) {
    this.definition = definition;
    this.lateness = lateness;
    gap = definition.gap().toMillis();
    timeline =
        new Timeline<>(
            TrackKey.Kind.SESSION,
            "",
            chunks,
            beginnings,
            (start, session) -> closing(session.end() + gap));
  }

  private long closing(long last) {
    return lateness.ofSession(definition, last);
  }

  /** Whether a session whose last event was then is closed. */
  boolean isLate(long time, long watermark) {
    return Lateness.isOver(closing(time), watermark);
  }

  /** Adds an event; false if it is too late. */
  boolean add(long time, String eventType, long watermark, Changes changes) {
    if (isLate(time, watermark)) {
      return false;
    }
    Session session = Session.of(time, eventType);
    Neighbours<Session> neighbours = timeline.around(time);
    Entry<Session> before = neighbours.before();
    if (before != null && time - before.value().end() <= gap) {
      session = before.value().with(session);
    }
    Entry<Session> after = neighbours.after();
    if (after != null && after.time() - time <= gap) {
      session = session.with(after.value());
      timeline.remove(after.time());
      changes.removed(after.time(), session);
    }
    timeline.put(session.start(), session);
    changes.changed(session);
    return true;
  }

  void expire(TrackKey entry, long now) {
    timeline.expire(entry, now);
  }
}
