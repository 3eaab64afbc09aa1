package dev.thalweg.operators.metrics;

/**
 * A row of a view as it is from now on. Of two with one key the higher version is the later; the
 * writer puts the run's number in front.
 *
 * <p>Whatever changes a row raises its version, so two of one run that differ have different ones,
 * and it never goes down. It says how much was applied to the row: to a metric's or a session's,
 * how many events; to a funnel's, how many steps all users took in the window. These do not depend
 * on the order of events. That of a retention row does, as it counts each user's every change to
 * the cohort, and a user who first came to a later cohort changes that one too: it is the same
 * again where the events of each user come in the same order again, as they do from one partition.
 * So it is for the mark of a session that is gone: it has the events of the one that took it in, at
 * that time.
 */
public interface ViewRow {
  /** Higher than before, if anything was applied to the row. */
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
   * A row of {@code metric_values} whose window is a session: its beginning tells it apart, and its
   * end moves on while events follow.
   *
   * @param removed whether the row is gone, as its session begins earlier now
   */
  record SessionValue(MetricValue value, boolean removed) implements ViewRow {
    @Override
    public long version() {
      return value.version();
    }
  }

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
