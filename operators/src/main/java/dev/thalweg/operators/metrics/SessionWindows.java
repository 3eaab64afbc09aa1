package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.Timeline.Entry;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Windows of groups that are sessions: what comes to one may begin it, prolong it at either end, or
 * make one of several, in whatever order it comes. A session is forgotten when no event in time can
 * touch it any more, and rows that changed are kept until they are published. Not thread safe.
 */
final class SessionWindows {
  private final Lateness lateness;
  private final Map<String, MetricDefinition> metrics = new HashMap<>();
  private final Entries<Chunk<SessionWindow>> chunks;
  private final Entries<long[]> beginnings;
  private final Map<Key, Change> changes = new LinkedHashMap<>();

  private record Key(ViewGroup group, long start) {}

  private record Change(SessionWindow session, boolean removed) {}

  SessionWindows(
      MetricsConfig config, Entries<Chunk<SessionWindow>> chunks, Entries<long[]> beginnings) {
    lateness = Lateness.of(config);
    this.chunks = chunks;
    this.beginnings = beginnings;
    for (MetricDefinition metric : config.definitions()) {
      if (metric.window() instanceof WindowSpec.Session) {
        metrics.put(metric.name(), metric);
      }
    }
  }

  /** Adds a part of a session to the current group; false if it is too late. */
  boolean add(Contribution part, long watermark) {
    MetricDefinition metric = metrics.get(part.group().name());
    if (metric == null || Lateness.isOver(lateness.ofWindow(part.end()), watermark)) {
      return false;
    }
    Timeline<SessionWindow> timeline = timeline(metric.name());
    SessionWindow session = SessionWindow.of(part);
    Entry<SessionWindow> before = timeline.around(session.start()).before();
    if (before != null && before.value().end() >= session.start()) {
      session = session.with(before.value());
    }
    Entry<SessionWindow> after = timeline.around(session.start()).after();
    while (after != null && after.time() <= session.end()) {
      session = session.with(after.value());
      timeline.remove(after.time());
      changes.put(new Key(part.group(), after.time()), new Change(session, true));
      after = timeline.around(session.start()).after();
    }
    timeline.put(session.start(), session);
    changes.put(new Key(part.group(), session.start()), new Change(session, false));
    return true;
  }

  /** An event in time may be as late as the lateness, and touches what ended when it happened. */
  private Timeline<SessionWindow> timeline(String name) {
    MetricDefinition metric = metrics.get(name);
    Duration gap = metric == null ? Duration.ZERO : metric.window().size();
    return new Timeline<>(
        TrackKey.Kind.SESSION_WINDOWS,
        name,
        chunks,
        beginnings,
        (start, session) -> lateness.ofWindow(session.end()) + gap.toMillis());
  }

  /** Forgets of an entry of the current group what can be forgotten by now. */
  void expire(TrackKey entry, long now) {
    timeline(entry.name()).expire(entry, now);
  }

  /**
   * Publishes the rows that changed; of each the latest. A row that vanished is told of even if it
   * was never published from here: it may have been, before a failure. Its version is that of the
   * session it went into: more than the row ever had.
   */
  void flush(Consumer<ViewRow> out) {
    changes.forEach((key, change) -> out.accept(row(key, change)));
    changes.clear();
  }

  private SessionValue row(Key key, Change change) {
    SessionWindow session = change.session;
    String name = key.group.name();
    Double value = change.removed ? null : Values.of(metrics.get(name), session.aggregate());
    MetricValue row =
        new MetricValue(
            name,
            key.group.dimensions(),
            key.start,
            change.removed ? key.start : session.end(),
            value,
            change.removed ? 0 : session.events(),
            session.events());
    return new SessionValue(row, change.removed);
  }
}
