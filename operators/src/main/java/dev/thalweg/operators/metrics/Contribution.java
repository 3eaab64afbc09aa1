package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.util.Objects;

/**
 * What some events add to the rows of a group, from a moment to another.
 *
 * @param group whose rows
 * @param start of the slice, the window, or the cohort (its first moment), epoch milliseconds
 * @param end of it; not part of it
 * @param aggregate what is added
 * @param events how much it raises the row's version: the events behind it, or as {@link ViewRow}
 *     says; at least 1
 */
public record Contribution(
    ViewGroup group, long start, long end, Aggregate aggregate, long events) {
  /** Refuses missing parts. */
  public Contribution {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(aggregate, "aggregate");
    if (events < 1) {
      throw new IllegalArgumentException("events: must be at least 1, are " + events);
    }
  }
}
