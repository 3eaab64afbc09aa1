package dev.thalweg.operators.experiments.statistics;

/**
 * The difference between an arm and the baseline.
 *
 * @param estimate in the metric's unit, or as a share of the baseline; NaN if unknown
 * @param standardError in the same unit; NaN unless both arms are comparable
 * @param degreesOfFreedom of Welch's test; NaN with the standard error
 * @param units of both arms together
 */
public record Effect(double estimate, double standardError, double degreesOfFreedom, long units) {
  /** Arm less baseline, in the metric's unit; se^2 = s_a^2 / n_a + s_b^2 / n_b. */
  public static Effect absolute(ArmEstimate baseline, ArmEstimate arm) {
    return of(
        arm.mean() - baseline.mean(), baseline, baseline.squaredError(), arm, arm.squaredError());
  }

  /**
   * Arm less baseline as a share of the baseline's magnitude, so that more is positive also where
   * the baseline is negative. Delta method: se^2 = v_b / m_a^2 + v_a m_b^2 / m_a^4, where a is the
   * baseline, m a mean and v its squared error (Deng, Knoblich, Lu, "Applying the Delta Method in
   * Metric Analytics", 2018, section 2.2). Unknown where the baseline's mean is 0.
   */
  public static Effect relative(ArmEstimate baseline, ArmEstimate arm) {
    double base = Math.abs(baseline.mean());
    double ratio = arm.mean() / base;
    return of(
        finite((arm.mean() - baseline.mean()) / base),
        baseline,
        baseline.squaredError() / base * ratio * ratio / base,
        arm,
        arm.squaredError() / base / base);
  }

  /** An effect with the squared errors that its two arms bring to it. */
  static Effect of(
      double estimate, ArmEstimate baseline, double ofBaseline, ArmEstimate arm, double ofArm) {
    double error = Math.sqrt(ofBaseline + ofArm);
    boolean known =
        baseline.isComparable()
            && arm.isComparable()
            && Double.isFinite(estimate)
            && error > 0
            && Double.isFinite(error);
    return new Effect(
        finite(estimate),
        known ? error : Double.NaN,
        known ? degreesOfFreedom(baseline, arm) : Double.NaN,
        baseline.units() + arm.units());
  }

  /**
   * Welch, "The generalization of Student's problem when several different population variances are
   * involved", 1947, equation 28, of the means themselves: also of a relative effect.
   */
  private static double degreesOfFreedom(ArmEstimate baseline, ArmEstimate arm) {
    double share = 1 / (1 + arm.squaredError() / baseline.squaredError());
    return 1
        / (share * share / (baseline.units() - 1) + (1 - share) * (1 - share) / (arm.units() - 1));
  }

  private static double finite(double number) {
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** Whether there is a standard error to test by. */
  public boolean isTestable() {
    return !Double.isNaN(standardError);
  }
}
