package dev.thalweg.operators.experiments.statistics;

/**
 * What is known of a metric before the experiment.
 *
 * @param mean of the units' outcomes, in the metric's unit; of a conversion its share
 * @param variance of one unit's outcome; with CUPED, what is left of it
 * @param conversion whether the variance follows from the mean
 * @throws IllegalArgumentException unless the mean is not 0, the variance positive, both finite
 */
public record BaselineMetric(double mean, double variance, boolean conversion) {
  public BaselineMetric {
    if (mean == 0 || !Double.isFinite(mean)) {
      throw new IllegalArgumentException("nothing is a share of a mean of " + mean);
    }
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException("variance " + variance + " is not positive");
    }
  }

  /** A metric whose variance no effect changes. */
  public static BaselineMetric of(double mean, double variance) {
    return new BaselineMetric(mean, variance, false);
  }

  /**
   * A share of units, each of which converts or does not.
   *
   * @throws IllegalArgumentException unless the share is between 0 and 1
   */
  public static BaselineMetric conversion(double share) {
    return new BaselineMetric(share, bernoulli(share), true);
  }

  /** The variance of a unit of an arm with this effect, a share of the mean's magnitude. */
  double varianceWith(double relative) {
    return conversion ? bernoulli(mean + relative * mean) : variance;
  }

  private static double bernoulli(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("a share of " + share + " is not between 0 and 1");
    }
    return share * (1 - share);
  }
}
