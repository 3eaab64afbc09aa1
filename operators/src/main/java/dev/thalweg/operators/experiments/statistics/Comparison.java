package dev.thalweg.operators.experiments.statistics;

/** All that one arm's comparison with the baseline says, but for the correction over arms. */
record Comparison(
    Effect effect,
    double relative,
    Interval interval,
    double pValue,
    double pValueFixed,
    double pValuePooled,
    Effect cuped) {
  private static final Effect NONE = new Effect(Double.NaN, Double.NaN, Double.NaN, 0);

  /** Of the baseline with itself: nothing is known. */
  static final Comparison ABSENT =
      new Comparison(NONE, Double.NaN, Interval.UNKNOWN, Double.NaN, Double.NaN, Double.NaN, NONE);

  static Comparison of(
      Estimator estimator, AnytimeValid anytimeValid, ArmSums baseline, ArmSums arm) {
    if (baseline.isPaired() != arm.isPaired()) {
      throw new IllegalArgumentException("some sums are paired and others not");
    }
    ArmEstimate from = estimator.estimate(baseline);
    ArmEstimate to = estimator.estimate(arm);
    Effect effect = Effect.absolute(from, to);
    return new Comparison(
        effect,
        Effect.relative(from, to).estimate(),
        anytimeValid.interval(effect),
        anytimeValid.pValue(effect),
        WelchTest.pValue(effect),
        estimator == Estimator.PROPORTION ? PooledProportions.pValue(from, to) : Double.NaN,
        isCuped(estimator, arm) ? cuped(baseline, arm) : NONE);
  }

  /** The second value of a ratio is its denominator; that of others comes from before exposure. */
  static boolean isCuped(Estimator estimator, ArmSums sums) {
    return sums.isPaired() && estimator != Estimator.RATIO;
  }

  private static Effect cuped(ArmSums baseline, ArmSums arm) {
    Effect effect = Cuped.of(baseline, arm).absolute();
    return effect.isTestable() ? effect : NONE;
  }
}
