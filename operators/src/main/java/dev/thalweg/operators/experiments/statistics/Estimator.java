package dev.thalweg.operators.experiments.statistics;

/** How a metric's estimate comes from the sums of an arm. */
public enum Estimator {
  /** Share of units that converted; their outcome is 1, of others 0. The variance is p (1 - p). */
  PROPORTION {
    @Override
    public ArmEstimate estimate(ArmSums sums) {
      Moments moments = Moments.of(sums);
      double share = moments.mean();
      return new ArmEstimate(moments.units(), moments.total(), share, share * (1 - share));
    }
  },

  /** Mean of the units' outcomes, with their sample variance. */
  MEAN {
    @Override
    public ArmEstimate estimate(ArmSums sums) {
      Moments moments = Moments.of(sums);
      return new ArmEstimate(moments.units(), moments.total(), moments.mean(), moments.variance());
    }
  },

  /** Total of first values over total of second ones; the variance is by the delta method. */
  RATIO {
    @Override
    public ArmEstimate estimate(ArmSums sums) {
      Moments moments = Moments.of(sums);
      return new ArmEstimate(
          moments.units(), moments.total(), moments.ratio(), moments.ratioVariance());
    }
  };

  /**
   * The estimate for an arm. Ratios need paired sums; of others the second value is left aside.
   *
   * @throws IllegalArgumentException for a ratio of sums that are not paired
   */
  public abstract ArmEstimate estimate(ArmSums sums);
}
