package dev.thalweg.operators.metrics;

import java.util.Objects;

/**
 * What rows of a view have in common, and what they are brought together by: one metric with one
 * combination of dimensions, one funnel, or one retention view.
 *
 * @param kind which view
 * @param name of the metric, the funnel or the retention view
 * @param dimensions a JSON object of the dimensions' values in the order of the declaration; {@code
 *     {}} for none
 */
public record ViewGroup(Kind kind, String name, String dimensions) {
  /** Without dimensions. */
  public static final String NO_DIMENSIONS = "{}";

  /** Which view. */
  public enum Kind {
    /** A metric that is aggregated by slices; a window is made of several. */
    SLICES,
    /** A metric that is aggregated by whole windows, as a user counts once in each. */
    WINDOWS,
    /** A funnel: counts of users by step. */
    FUNNEL,
    /** A retention view: the users of a cohort, then those that came back, by period. */
    RETENTION,
    /** A metric that is aggregated by sessions of its group. */
    SESSIONS
  }

  /** Refuses missing parts. */
  public ViewGroup {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dimensions, "dimensions");
  }
}
