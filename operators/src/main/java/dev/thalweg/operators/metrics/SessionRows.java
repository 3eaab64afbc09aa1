package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rows of sessions that changed and are not published yet; of each the latest.
 *
 * <p>A row that vanished is told of even if it was never published from here: it may have been,
 * before a failure, by one that had come as far and then began again at an earlier checkpoint.
 */
final class SessionRows {
  private final Map<Key, Change> changes = new LinkedHashMap<>();

  private record Key(String subject, long start) {}

  private record Change(Session session, boolean removed) {}

  /** The changes of the sessions of that subject go here. */
  Sessions.Changes of(String subject) {
    return new Sessions.Changes() {
      @Override
      public void changed(Session session) {
        changes.put(new Key(subject, session.start()), new Change(session, false));
      }

      @Override
      public void removed(long start, Session into) {
        changes.put(new Key(subject, start), new Change(into, true));
      }
    };
  }

  /** Publishes all, and keeps none. */
  void flush(Consumer<SessionRow> out) {
    changes.forEach((key, change) -> out.accept(row(key, change)));
    changes.clear();
  }

  /** A removal has the events of the session it went into: more than the row ever had. */
  private static SessionRow row(Key key, Change change) {
    Session session = change.session;
    long events = session.events();
    return change.removed
        ? new SessionRow(key.subject, key.start, key.start, 0, "{}", true, events)
        : new SessionRow(
            key.subject, key.start, session.end(), events, session.attributes(), false, events);
  }
}
