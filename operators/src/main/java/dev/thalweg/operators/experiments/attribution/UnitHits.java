package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.Origin;
import java.util.List;
import java.util.Objects;

/**
 * What one event means to its unit.
 *
 * @param unit the kind of unit and its value, such as {@code user_id=u1}
 * @param eventTime when it happened, epoch milliseconds
 * @param origin where it was read from, with its arrival in the raw topic
 * @param contract type and version that it was accepted under, such as {@code order_placed v1}
 * @param eventId tells which of two exposures at one time is the first
 * @param hits in each phase of an experiment that it concerns
 */
public record UnitHits(
    String unit, long eventTime, Origin origin, String contract, String eventId, List<Hit> hits) {
  /** Refuses missing parts. */
  public UnitHits {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(contract, "contract");
    Objects.requireNonNull(eventId, "eventId");
    hits = List.copyOf(hits);
  }
}
