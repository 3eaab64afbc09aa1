package dev.thalweg.operators.experiments.statistics;

import java.io.Serializable;

/**
 * Test and interval that hold at all times at once, however often one looks and whenever one stops:
 * the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
 * "Time-uniform central limit theory and asymptotic confidence sequences", arXiv 2103.06476,
 * theorem 2.2, with N the units of both arms and sigma^2 = N se^2.
 *
 * @param alpha the share of experiments without effect that may ever raise an alarm
 * @param tuning the number of units, of both arms, at which the interval is tightest
 * @throws IllegalArgumentException unless alpha is between 0 and 1 and tuning positive
 */
public record AnytimeValid(double alpha, double tuning) implements Serializable {
  public AnytimeValid {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
    }
    if (!(tuning > 0) || Double.isInfinite(tuning)) {
      throw new IllegalArgumentException("tuning " + tuning + " is not positive");
    }
  }

  /** rho = sqrt((-2 ln alpha + ln(1 - 2 ln alpha)) / tuning), the paper's appendix B.2. */
  public double rho() {
    double doubled = -2 * Math.log(alpha);
    return Math.sqrt((doubled + Math.log1p(doubled)) / tuning);
  }

  /**
   * The half-width is sigma sqrt(2 (N rho^2 + 1) / (N^2 rho^2) ln(sqrt(N rho^2 + 1) / alpha)).
   * Unknown where the effect is not testable.
   */
  public Interval interval(Effect effect) {
    return effect.isTestable()
        ? Interval.around(
            effect.estimate(), criticalErrors(effect.units(), alpha) * effect.standardError())
        : Interval.UNKNOWN;
  }

  /**
   * How many standard errors away from 0 an effect must be for its p-value to be at most the level.
   *
   * @param units of both arms
   * @param level alpha, or less where several arms share it
   */
  double criticalErrors(double units, double level) {
    double scaled = units * rho() * rho();
    double logarithm = Math.log1p(scaled) / 2 - Math.log(level);
    return Math.sqrt(2 * (scaled + 1) / scaled * logarithm);
  }

  /**
   * p = min(1, 1 / E), where E = exp(rho^2 S^2 / (2 (N rho^2 + 1))) / sqrt(N rho^2 + 1) and S^2 = N
   * (effect / se)^2: at most alpha just where the interval excludes 0. NaN where the effect is not
   * testable.
   */
  public double pValue(Effect effect) {
    if (!effect.isTestable()) {
      return Double.NaN;
    }
    double scaled = effect.units() * rho() * rho();
    double t = effect.estimate() / effect.standardError();
    double evidence = scaled * t * t / (2 * (scaled + 1)) - Math.log1p(scaled) / 2;
    return Math.min(1, Math.exp(-evidence));
  }
}
