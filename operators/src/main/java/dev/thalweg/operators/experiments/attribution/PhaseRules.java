package dev.thalweg.operators.experiments.attribution;

import java.util.List;
import java.util.Objects;

/**
 * How a phase of an experiment counts its units.
 *
 * @param experiment its name
 * @param phase from 1 on
 * @param arms how many
 * @param firstCounts whether a unit that was in several arms counts in the first; else in none
 * @param metrics in the order of the definition
 */
public record PhaseRules(
    String experiment, int phase, int arms, boolean firstCounts, List<MetricRule> metrics) {
  /** Refuses what cannot be. */
  public PhaseRules {
    Objects.requireNonNull(experiment, "experiment");
    metrics = List.copyOf(metrics);
    if (phase < 1 || arms < 2) {
      throw new IllegalArgumentException("phase " + phase + " with " + arms + " arms");
    }
  }

  /** The longest look-back of its metrics, in milliseconds. */
  long lookBack() {
    return metrics.stream().mapToLong(MetricRule::lookBack).max().orElse(0);
  }
}
