package dev.thalweg.operators.experiments.statistics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How likely an effect is found with a given sample.
 *
 * @param relative the effect, as a share of the mean's magnitude
 * @param fixedHorizon the probability by one look at the end
 * @param anytimeValid the probability by any number of looks, at least
 */
public record Power(double relative, double fixedHorizon, double anytimeValid) {
  /**
   * For the effect, and for three quarters, half, a quarter and nothing of it; of nothing it is the
   * probability of a false alarm.
   *
   * @param units of all arms together
   */
  public static List<Power> table(SamplePlan plan, double relative, double units) {
    return DoubleStream.of(1, 0.75, 0.5, 0.25, 0)
        .map(part -> part * relative)
        .mapToObj(
            effect ->
                new Power(
                    effect,
                    plan.power(StoppingRule.FIXED_HORIZON, effect, units),
                    plan.power(StoppingRule.ANYTIME_VALID, effect, units)))
        .toList();
  }
}
