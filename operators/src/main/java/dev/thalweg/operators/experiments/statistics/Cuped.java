package dev.thalweg.operators.experiments.statistics;

/**
 * Effects with less variance: of what a unit did, the part that its behaviour before exposure
 * predicts is taken out (Deng, Xu, Kohavi, Walker, "Improving the Sensitivity of Online Controlled
 * Experiments by Utilizing Pre-Experiment Data", 2013, equations 3 to 5). The adjusted mean is y -
 * theta x, its variance per unit s_y^2 + theta^2 s_x^2 - 2 theta s_xy.
 *
 * @param theta cov(y, x) / var(x) over the units of both arms; NaN where x does not vary
 */
public record Cuped(double theta, ArmSums baseline, ArmSums arm) {
  /**
   * Variances are sums of terms that may cancel; what is left below this share of them is noise.
   */
  private static final double NOISE = 0x1p-48;

  /** Of two arms with paired sums, x being the outcome before exposure. */
  public static Cuped of(ArmSums baseline, ArmSums arm) {
    Moments both = Moments.pooled(baseline, arm);
    double spread = both.secondVariance();
    double theta = spread > 0 ? both.covariance() / spread : Double.NaN;
    return new Cuped(theta, baseline, arm);
  }

  /** The effect in the metric's unit. */
  public Effect absolute() {
    return Effect.absolute(adjusted(baseline), adjusted(arm));
  }

  /**
   * The effect as a share of the baseline's unadjusted mean m_a. By the delta method the baseline
   * brings (c^2 s_y^2 + theta^2 s_x^2 - 2 c theta s_xy) / (n_a m_a^2), where c = m_b / m_a: as x is
   * before exposure, its mean is the same in both arms.
   */
  public Effect relative() {
    ArmEstimate from = adjusted(baseline);
    ArmEstimate to = adjusted(arm);
    Moments before = Moments.of(baseline);
    double base = Math.abs(before.mean());
    double scale = Moments.of(arm).mean() / before.mean();
    return Effect.of(
        (to.mean() - from.mean()) / base,
        from,
        variance(before, scale) / from.units() / base / base,
        to,
        to.squaredError() / base / base);
  }

  private ArmEstimate adjusted(ArmSums sums) {
    Moments moments = Moments.of(sums);
    double mean = moments.mean() - theta * moments.secondMean();
    return new ArmEstimate(moments.units(), mean * moments.units(), mean, variance(moments, 1));
  }

  private double variance(Moments moments, double scale) {
    double spread = scale * scale * moments.variance() + theta * theta * moments.secondVariance();
    double left = spread - 2 * scale * theta * moments.covariance();
    return left <= spread * NOISE ? 0 : left;
  }
}
