package dev.thalweg.operators.experiments.statistics;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many units an experiment needs to find an effect, and how likely it finds one with those it
 * has. Of each arm, effect / se is taken as normal around its expectation with a variance of 1,
 * se^2 = s_a^2 / n_a + s_b^2 / n_b (for one look the formula of Chow, Shao, Wang, "Sample Size
 * Calculations in Clinical Research", 2008, sections 3.2 and 4.2: n = (z_(1-alpha/2) + z_power)^2
 * (s_a^2 + s_b^2) / effect^2 for each of two equal arms; Welch's t needs about one unit more).
 *
 * <p>With the anytime-valid test the power is that of excluding 0 at the last unit. Having excluded
 * 0 at any look up to then is at least as likely, so the true power is higher and the units
 * suffice. At a power of 0.5 the half-width is the effect: half of such experiments are done by
 * then.
 *
 * <p>With several arms each is held against alpha over their number, Holm's first step, so that an
 * arm is found with that power whatever the others do.
 *
 * @param metric as it is before the experiment
 * @param weights of the arms, in any unit, the baseline's first
 * @param test its alpha and tuning
 * @throws IllegalArgumentException unless there are two arms and their weights are positive
 */
public record SamplePlan(BaselineMetric metric, List<Double> weights, AnytimeValid test) {
  private static final double MOST_UNITS = 1e15;

  public SamplePlan {
    weights = List.copyOf(weights);
    if (weights.size() < 2) {
      throw new IllegalArgumentException("there is no arm to compare with the baseline");
    }
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("an arm of weight " + weight + " gets no units");
      }
    }
  }

  /**
   * The smallest sample that finds the effect with at least that power in each arm. Takes time
   * linear in the arms.
   *
   * @param relative the effect, as a share of the mean's magnitude
   * @param power between alpha and 1
   * @throws IllegalArgumentException if the effect is 0 or too small for any sample, the power out
   *     of range, or the share that results not between 0 and 1
   */
  public SampleSize size(StoppingRule rule, double relative, double power) {
    if (relative == 0 || !Double.isFinite(relative)) {
      throw new IllegalArgumentException("an effect of " + relative + " cannot be planned for");
    }
    if (!(power > test.alpha() && power < 1)) {
      throw new IllegalArgumentException("power " + power + " is not between alpha and 1");
    }
    double enough = 1;
    while (power(rule, relative, enough) < power) {
      enough *= 2;
      if (enough > MOST_UNITS) {
        throw new IllegalArgumentException(
            "an effect of " + relative + " needs more than " + MOST_UNITS + " units");
      }
    }
    double tooFew = 0;
    for (double middle = enough / 2;
        tooFew < middle && middle < enough;
        middle = (tooFew + enough) / 2) {
      if (power(rule, relative, middle) < power) {
        tooFew = middle;
      } else {
        enough = middle;
      }
    }
    double total = enough;
    return new SampleSize(
        IntStream.range(0, weights.size()).mapToObj(i -> rounded(total * share(i))).toList());
  }

  /** A billionth of a unit is noise of the search. */
  private static long rounded(double units) {
    return (long) Math.ceil(units - 1e-9 * units);
  }

  /**
   * The probability that the effect is found, in the arm where it is least.
   *
   * @param relative the effect, as a share of the mean's magnitude
   * @param units of all arms together
   */
  public double power(StoppingRule rule, double relative, double units) {
    return IntStream.range(1, weights.size())
        .mapToDouble(i -> power(rule, relative, units * share(0), units * share(i)))
        .min()
        .orElseThrow();
  }

  private double power(StoppingRule rule, double relative, double baseline, double arm) {
    double error = Math.sqrt(metric.variance() / baseline + metric.varianceWith(relative) / arm);
    double errors = Math.abs(relative * metric.mean()) / error;
    double level = test.alpha() / (weights.size() - 1);
    double critical = rule.criticalErrors(test, level, baseline + arm);
    NormalDistribution normal = NormalDistribution.of(0, 1);
    return normal.survivalProbability(critical - errors)
        + normal.survivalProbability(critical + errors);
  }

  private double share(int arm) {
    return weights.get(arm) / weights.stream().mapToDouble(Double::doubleValue).sum();
  }
}
