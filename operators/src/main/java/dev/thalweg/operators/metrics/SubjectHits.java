package dev.thalweg.operators.metrics;

import java.util.List;
import java.util.Objects;

/**
 * What one event means to what is kept of its subject.
 *
 * @param subject the {@code user_id}, else the {@code anonymous_id}
 * @param eventTime epoch milliseconds
 * @param eventId breaks ties in time
 * @param eventType its event type
 * @param uniques the exact unique metrics that select it
 * @param funnelSteps the steps of funnels that select it
 * @param retentions the retention views, by place in the configuration, that select it
 * @param inSessions whether it counts for sessions (it is not too late for them)
 */
public record SubjectHits(
    String subject,
    long eventTime,
    String eventId,
    String eventType,
    List<UniqueHit> uniques,
    List<FunnelHit> funnelSteps,
    List<Integer> retentions,
    boolean inSessions) {

  /**
   * An exact unique metric that selects the event.
   *
   * @param metric place in the configuration's definitions
   * @param dimensions the group's dimensions
   */
  public record UniqueHit(int metric, String dimensions) {}

  /**
   * A step that selects the event.
   *
   * @param funnel place in the configuration's funnels
   * @param step from 0
   */
  public record FunnelHit(int funnel, int step) {}

  /** Copies the lists. */
  public SubjectHits {
    Objects.requireNonNull(subject, "subject");
    uniques = List.copyOf(uniques);
    funnelSteps = List.copyOf(funnelSteps);
    retentions = List.copyOf(retentions);
  }
}
