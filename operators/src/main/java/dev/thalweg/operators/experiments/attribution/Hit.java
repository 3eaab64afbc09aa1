package dev.thalweg.operators.experiments.attribution;

import java.util.List;
import java.util.Objects;

/**
 * What one event means to its unit in one phase of an experiment: an exposure, outcomes, or both;
 * or history, which is what the unit did before the phase began.
 *
 * @param rules of the phase
 * @param arm that it exposes to; {@link #NO_ARM} if it is no valid exposure
 * @param outcomes of the metrics that it is an outcome of
 * @param isHistory whether the phase began later: then the outcomes are of metrics with CUPED
 *     alone, and are behaviour before exposure, and no event of the phase
 */
public record Hit(PhaseRules rules, int arm, List<Outcome> outcomes, boolean isHistory) {
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

  /** Refuses arms and metrics that the rules do not have, and history that exposes. */
  public Hit {
    Objects.requireNonNull(rules, "rules");
    outcomes = List.copyOf(outcomes);
    if (arm < NO_ARM || arm >= rules.arms()) {
      throw new IllegalArgumentException("arm " + arm + " of " + rules.arms());
    }
    if (isHistory && arm != NO_ARM) {
      throw new IllegalArgumentException("history with an exposure to arm " + arm);
    }
    for (Outcome outcome : outcomes) {
      Objects.checkIndex(outcome.metric, rules.metrics().size());
    }
  }

  /** Of an event of the phase. */
  public Hit(PhaseRules rules, int arm, List<Outcome> outcomes) {
    this(rules, arm, outcomes, false);
  }

  /** Of an event before the phase. */
  public static Hit history(PhaseRules rules, List<Outcome> outcomes) {
    return new Hit(rules, NO_ARM, outcomes, true);
  }

  /** Whether it exposes the unit. */
  public boolean isExposure() {
    return arm != NO_ARM;
  }
}
