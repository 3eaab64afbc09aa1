package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.definition.OutcomeKind;

/**
 * What a unit has of a metric from its last step on.
 *
 * @param first NaN if it is no part of the metric
 * @param second below the line of a ratio, or from before exposure; 0 if the metric has none
 */
record LastStep(double first, double second) {
  static LastStep of(MetricRule rule, OutcomeSum sum) {
    boolean isRatio = rule.kind() == OutcomeKind.RATIO;
    double second = isRatio ? sum.tally().below().value() : sum.before();
    return new LastStep(sum.tally().value(rule), second);
  }

  /** Tells what must be added and taken back in a minute for this to become that. */
  void changeTo(LastStep now, long minute, int arm, Steps.Changes changes) {
    if (!Double.isNaN(first)) {
      changes.change(minute, arm, -1, first, second);
    }
    if (!Double.isNaN(now.first)) {
      changes.change(minute, arm, 1, now.first, now.second);
    }
  }
}
