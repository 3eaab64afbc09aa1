package dev.thalweg.operators.experiments.statistics;

import dev.thalweg.operators.metrics.aggregate.ExactSum;

/**
 * Means, variances and covariances over the units of one or several arms, each rounded only after
 * the cancelling is done. Unknown is NaN: a mean of no units, a variance of fewer than two,
 * anything while a unit is unmeasured.
 */
final class Moments {
  private final long units;
  private final boolean known;
  private final ArmSums sums;

  private Moments(ArmSums sums) {
    this.sums = sums;
    units = sums.units();
    known = sums.unmeasured() == 0;
  }

  static Moments of(ArmSums sums) {
    return new Moments(sums);
  }

  /** Of the units of both arms taken together. */
  static Moments pooled(ArmSums one, ArmSums other) {
    ArmSums both = one.isPaired() ? ArmSums.paired() : ArmSums.single();
    both.merge(one);
    both.merge(other);
    return new Moments(both);
  }

  long units() {
    return units;
  }

  double total() {
    return known ? sums.y().value() : Double.NaN;
  }

  double mean() {
    return total() / positive(units);
  }

  double secondMean() {
    return known ? sums.x().value() / positive(units) : Double.NaN;
  }

  /** Numerator over denominator, of totals; NaN where the denominator is 0. */
  double ratio() {
    double denominator = sums.x().value();
    return denominator == 0 ? Double.NaN : total() / denominator;
  }

  double variance() {
    return spread(sums.yy(), sums.y(), sums.y());
  }

  double secondVariance() {
    return spread(sums.xx(), sums.x(), sums.x());
  }

  double covariance() {
    return spread(sums.xy(), sums.x(), sums.y());
  }

  /** (sum of products - product of sums / n) / (n - 1). */
  private double spread(ExactSum products, ExactSum a, ExactSum b) {
    double degrees = positive(units - 1);
    return known ? centred(products, a, b).value() / units / degrees : Double.NaN;
  }

  /** n times the sum of products less the product of sums: exactly 0 where nothing varies. */
  private ExactSum centred(ExactSum products, ExactSum a, ExactSum b) {
    ExactSum n = new ExactSum();
    n.add((double) units);
    ExactSum centred = new ExactSum();
    centred.addProduct(n, products);
    ExactSum ofSums = new ExactSum();
    ofSums.addProduct(a, b);
    centred.subtract(ofSums);
    return centred;
  }

  /**
   * The variance, per unit, of a ratio of means by the delta method: (var m - 2 r cov(m, d) + r^2
   * var d) / (mean d)^2 (Deng, Knoblich, Lu, "Applying the Delta Method in Metric Analytics", 2018,
   * section 3.1), multiplied out so that it is exactly 0 where all units have the same ratio.
   */
  double ratioVariance() {
    double degrees = positive(units - 1);
    if (!known) {
      return Double.NaN;
    }
    ExactSum twice = new ExactSum();
    twice.add(-2);
    ExactSum sum = new ExactSum();
    sum.addProduct(product(sums.x(), sums.x()), centred(sums.yy(), sums.y(), sums.y()));
    sum.addProduct(
        product(twice, product(sums.x(), sums.y())), centred(sums.xy(), sums.x(), sums.y()));
    sum.addProduct(product(sums.y(), sums.y()), centred(sums.xx(), sums.x(), sums.x()));
    double squared = sums.x().value() * sums.x().value();
    return sum.value() / squared / squared * units / degrees;
  }

  private static ExactSum product(ExactSum a, ExactSum b) {
    ExactSum product = new ExactSum();
    product.addProduct(a, b);
    return product;
  }

  private static double positive(long count) {
    return count > 0 ? count : Double.NaN;
  }
}
