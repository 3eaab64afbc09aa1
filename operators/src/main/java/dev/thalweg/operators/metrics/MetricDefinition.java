package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One declared metric.
 *
 * @param name in snake_case, unique
 * @param kind what it says of its events
 * @param events which events
 * @param of the field it is about; empty for none (of {@link MetricKind#UNIQUE}: the subject)
 * @param by the dimensions: fields by whose values it is told apart; an absent one counts as null
 * @param window its windows; an exact unique has no {@link WindowSpec.Session}
 * @param approximate whether {@link MetricKind#UNIQUE} may err by 1.6 % or so
 * @param quantile which one, between 0 and 1, for {@link MetricKind#QUANTILE}
 * @param per what {@link MetricKind#RATIO} divides by; null for other kinds
 */
public record MetricDefinition(
    String name,
    MetricKind kind,
    EventSelector events,
    String of,
    List<String> by,
    WindowSpec window,
    boolean approximate,
    double quantile,
    Denominator per)
    implements Serializable {

  /**
   * What a ratio divides by.
   *
   * @param events which events
   * @param of the field whose sum it is; empty for the number of events
   */
  public record Denominator(EventSelector events, String of) implements Serializable {
    /** Refuses missing parts. */
    public Denominator {
      Objects.requireNonNull(events, "events");
      Objects.requireNonNull(of, "of");
    }
  }

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public MetricDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(window, "window");
    by = List.copyOf(by);
    if (kind.needsField() && of.isEmpty()) {
      throw new IllegalArgumentException(
          "of: required for " + kind.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (kind == MetricKind.COUNT && !of.isEmpty()) {
      throw new IllegalArgumentException("of: a count has no field; use where");
    }
    if (approximate && kind != MetricKind.UNIQUE) {
      throw new IllegalArgumentException("approximate: only for unique");
    }
    if (kind == MetricKind.UNIQUE && !approximate && !of.isEmpty()) {
      throw new IllegalArgumentException(
          "of: an exact unique counts subjects; for a field's values say approximate: true");
    }
    if (kind == MetricKind.UNIQUE && !approximate && window instanceof WindowSpec.Session) {
      throw new IllegalArgumentException(
          "window: an exact unique has no session windows; say approximate: true");
    }
    if (kind == MetricKind.QUANTILE && !(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile: must be between 0 and 1, is " + quantile);
    }
    if ((kind == MetricKind.RATIO) != (per != null)) {
      throw new IllegalArgumentException("per: what a ratio divides by, and for ratio only");
    }
  }

  /** What it divides by, if it is a ratio. */
  public Optional<Denominator> denominator() {
    return Optional.ofNullable(per);
  }
}
