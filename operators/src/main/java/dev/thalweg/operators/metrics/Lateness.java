package dev.thalweg.operators.metrics;

/**
 * Until when events change the views; the one rule that all operators ask. What an event can be
 * part of takes corrections until the lateness has passed since its end, and is closed from then
 * on. The end is that of the last window of a metric; of a funnel's window, when its limit has
 * passed too; of a session, the gap after its last event; of a cohort, and of an event as one of a
 * retention view, when the horizon has passed.
 *
 * <p>Whether an event is late is found by the subtask that reads it, once, from its own watermark.
 * Those behind it ask again, because what is closed is forgotten; theirs is the lowest of all
 * watermarks before them, so whatever was in time there is in time here. They are ahead only of a
 * subtask that falls behind while it is idle.
 *
 * @param lateness in milliseconds
 * @param horizon of retention, in milliseconds
 */
record Lateness(long lateness, long horizon) {
  static Lateness of(MetricsConfig config) {
    return new Lateness(config.lateness().toMillis(), config.retentionHorizon().toMillis());
  }

  /** Whether a watermark has reached the one that closes. */
  static boolean isOver(long closing, long watermark) {
    return closing <= watermark;
  }

  /** The watermark that closes a metric's window of that end. */
  long ofWindow(long end) {
    return end + lateness;
  }

  /** The watermark that closes a funnel's window of that end. */
  long ofFunnel(FunnelDefinition funnel, long end) {
    return end + funnel.within().toMillis() + lateness;
  }

  /** The watermark that closes a session whose last event was then. */
  long ofSession(SessionDefinition sessions, long last) {
    return last + sessions.gap().toMillis() + lateness;
  }

  /** The watermark that closes what ended then in a retention view. */
  long ofRetention(long end) {
    return end + horizon + lateness;
  }
}
