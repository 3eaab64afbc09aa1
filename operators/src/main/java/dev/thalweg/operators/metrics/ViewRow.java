package dev.thalweg.operators.metrics;

/**
 * A row of a view as it is from now on. Of two with one key the higher version is the later;
 * versions here count the events applied, and the writer puts the run's number in front.
 */
public sealed interface ViewRow {
  /** Events applied to the row so far. */
  long version();

  /**
   * A row of {@code metric_values}.
   *
   * @param dimensions a JSON object
   * @param value null where there is none, as of a mean of nothing
   */
  record MetricValue(
      String metric,
      String dimensions,
      long windowStart,
      long windowEnd,
      Double value,
      long events,
      long version)
      implements ViewRow {}

  /**
   * A row of {@code sessions}.
   *
   * @param sessionEnd time of the last event
   * @param attributes a JSON object
   * @param removed whether the row is gone, as its session begins earlier now
   */
  record SessionRow(
      String subject,
      long sessionStart,
      long sessionEnd,
      long events,
      String attributes,
      boolean removed,
      long version)
      implements ViewRow {}

  /** A row of {@code funnels}; steps count from 1. */
  record FunnelRow(
      String funnel, long windowStart, int step, String stepName, long users, long version)
      implements ViewRow {}

  /**
   * A row of {@code retention}.
   *
   * @param cohortStart the first day of the cohort, in days since 1970-01-01
   */
  record RetentionRow(
      String name,
      long cohortStart,
      String period,
      long cohortUsers,
      long retainedUsers,
      long version)
      implements ViewRow {}
}
