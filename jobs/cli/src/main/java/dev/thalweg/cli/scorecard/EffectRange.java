package dev.thalweg.cli.scorecard;

import dev.thalweg.operators.experiments.statistics.ArmEstimate;
import dev.thalweg.operators.experiments.statistics.Effect;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.Optional;

/**
 * An effect with its anytime-valid interval.
 *
 * @param estimate in the metric's unit, or as a share of the baseline
 * @param low lower end
 * @param high upper end
 */
record EffectRange(double estimate, double low, double high) {

  /** In the metric's unit, as the view has it; empty where it is unknown. */
  static Optional<EffectRange> absolute(ScorecardRow row) {
    return row.effect() == null || row.ciLow() == null || row.ciHigh() == null
        ? Optional.empty()
        : Optional.of(new EffectRange(row.effect(), row.ciLow(), row.ciHigh()));
  }

  /**
   * As a share of the baseline, with the interval that guardrails are judged by. The view has only
   * the absolute one; both are as many standard errors wide.
   */
  static Optional<EffectRange> relative(ScorecardRow baseline, ScorecardRow row) {
    Optional<EffectRange> absolute = absolute(row);
    if (absolute.isEmpty() || row.standardError() == null || !(row.standardError() > 0)) {
      return Optional.empty();
    }
    Effect relative = Effect.relative(estimate(baseline), estimate(row));
    if (!relative.isTestable()) {
      return Optional.empty();
    }
    double half = absolute.get().width() / 2 / row.standardError() * relative.standardError();
    return Optional.of(
        new EffectRange(
            relative.estimate(), relative.estimate() - half, relative.estimate() + half));
  }

  private static ArmEstimate estimate(ScorecardRow row) {
    return new ArmEstimate(
        row.units(), number(row.total()), number(row.mean()), number(row.variance()));
  }

  private static double number(Double number) {
    return number == null ? Double.NaN : number;
  }

  private double width() {
    return high - low;
  }

  /** Whether 0 is outside. */
  boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** Whether something lies within. */
  boolean contains(double value) {
    return low <= value && value <= high;
  }
}
