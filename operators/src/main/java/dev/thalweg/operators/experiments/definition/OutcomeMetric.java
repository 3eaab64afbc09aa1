package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A metric of an experiment: what a unit's outcome is.
 *
 * @param name in snake_case, unique in the experiment
 * @param kind what of the unit's events it is
 * @param outcome which events
 * @param per what {@link OutcomeKind#RATIO} divides by; null for other kinds
 * @param delay how long after the first exposure events begin to count
 * @param window how long they count from then on; zero for ever
 * @param bounds between which a unit's outcome is held
 * @param cuped how long before the first exposure the same is measured, to take out what was
 *     different already; zero for not at all
 */
public record OutcomeMetric(
    String name,
    OutcomeKind kind,
    Outcome outcome,
    Outcome per,
    Duration delay,
    Duration window,
    Winsorization bounds,
    Duration cuped)
    implements Serializable {

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public OutcomeMetric {
    Values.snakeCase("name", name);
    Objects.requireNonNull(bounds, "bounds");
    String called = kind.name().toLowerCase(Locale.ROOT);
    boolean hasField = !outcome.of().isEmpty();
    Values.require(hasField || !kind.needsField(), "of", "required for " + called);
    Values.require(
        !hasField || kind.takesField(), "of", "a " + called + " has no field; use where");
    Values.require(
        (kind == OutcomeKind.RATIO) == (per != null),
        "per",
        "what a ratio divides by, and for ratio only");
    Values.span("delay", delay);
    Values.span("window", window);
    Values.span("cuped", cuped);
    boolean isBounded = kind != OutcomeKind.CONVERSION && kind != OutcomeKind.RATIO;
    Values.require(
        isBounded || bounds.high() == Double.POSITIVE_INFINITY, "cap", "not for " + called);
    Values.require(
        isBounded || bounds.low() == Double.NEGATIVE_INFINITY, "floor", "not for " + called);
    Values.require(cuped.isZero() || kind != OutcomeKind.RATIO, "cuped", "not for ratio");
  }

  /** What it divides by, if it is a ratio. */
  public Optional<Outcome> denominator() {
    return Optional.ofNullable(per);
  }

  /** Whether events stop counting some time after the exposure. */
  public boolean hasWindow() {
    return !window.isZero();
  }

  /** Whether the time before the exposure is measured too. */
  public boolean usesCuped() {
    return !cuped.isZero();
  }
}
