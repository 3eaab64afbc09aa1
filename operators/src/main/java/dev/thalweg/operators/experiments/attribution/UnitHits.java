package dev.thalweg.operators.experiments.attribution;

import java.util.List;
import java.util.Objects;

/**
 * What one event means to its unit.
 *
 * @param unit the kind of unit and its value, such as {@code user_id=u1}
 * @param eventTime when it happened, epoch milliseconds
 * @param arrival when it came in, epoch milliseconds
 * @param eventId tells which of two exposures at one time is the first
 * @param hits in each phase of an experiment that it concerns
 */
public record UnitHits(String unit, long eventTime, long arrival, String eventId, List<Hit> hits) {
  /** Refuses missing parts. */
  public UnitHits {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(eventId, "eventId");
    hits = List.copyOf(hits);
  }
}
