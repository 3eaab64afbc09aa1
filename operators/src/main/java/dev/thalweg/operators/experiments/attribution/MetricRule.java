package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.util.Objects;

/**
 * How a metric of an experiment takes in the outcomes of a unit; durations in milliseconds.
 *
 * @param kind what they come to
 * @param delay how long after exposure they begin to count
 * @param window for how long from then on they count; {@link #UNLIMITED} for ever
 * @param lookBack how long before exposure they count for CUPED; 0 for no CUPED
 * @param bounds of what a unit's outcomes come to
 */
public record MetricRule(
    OutcomeKind kind, long delay, long window, long lookBack, Winsorization bounds) {
  /** A window without end. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Refuses missing parts, negative times, and a ratio with CUPED. */
  public MetricRule {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(bounds, "bounds");
    if (delay < 0 || window <= 0 || lookBack < 0) {
      throw new IllegalArgumentException(
          "delay %d, window %d, look-back %d".formatted(delay, window, lookBack));
    }
    if (kind == OutcomeKind.RATIO && lookBack > 0) {
      throw new IllegalArgumentException("a ratio has no CUPED");
    }
  }

  /** Of a metric as it is defined. */
  public static MetricRule of(OutcomeMetric metric) {
    return new MetricRule(
        metric.kind(),
        metric.delay().toMillis(),
        metric.hasWindow() ? metric.window().toMillis() : UNLIMITED,
        metric.cuped().toMillis(),
        metric.bounds());
  }

  /** Whether each unit has two values: a ratio, or what it did before exposure too. */
  public boolean isPaired() {
    return kind == OutcomeKind.RATIO || lookBack > 0;
  }

  /** Whether an outcome counts that long after exposure; at the very moment it does. */
  boolean counts(long exposedAt, long time) {
    long since = time - exposedAt - delay;
    return since >= 0 && since < window;
  }

  /** Whether an outcome counts as behaviour before exposure. */
  boolean precedes(long exposedAt, long time) {
    return time < exposedAt && exposedAt - time <= lookBack;
  }
}
