package dev.thalweg.operators.experiments.attribution;

import java.util.List;
import java.util.Objects;

/**
 * What one event means to its unit in one phase of an experiment: an exposure, outcomes, or both.
 *
 * @param rules of the phase
 * @param arm that it exposes to; {@link #NO_ARM} if it is no valid exposure
 * @param outcomes of the metrics that it is an outcome of
 */
public record Hit(PhaseRules rules, int arm, List<Outcome> outcomes) {
  /** No exposure. */
  public static final int NO_ARM = -1;

  /**
   * An outcome of a metric.
   *
   * @param metric its place in the rules
   * @param value what is summed; of no meaning for conversions and counts
   * @param below whether it goes below the line of a ratio
   */
  public record Outcome(int metric, double value, boolean below) {}

  /** Refuses arms and metrics that the rules do not have. */
  public Hit {
    Objects.requireNonNull(rules, "rules");
    outcomes = List.copyOf(outcomes);
    if (arm < NO_ARM || arm >= rules.arms()) {
      throw new IllegalArgumentException("arm " + arm + " of " + rules.arms());
    }
    for (Outcome outcome : outcomes) {
      Objects.checkIndex(outcome.metric, rules.metrics().size());
    }
  }

  /** Whether it exposes the unit. */
  public boolean isExposure() {
    return arm != NO_ARM;
  }
}
