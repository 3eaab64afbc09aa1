package dev.thalweg.operators.metrics;

/** The value of a metric, of what was aggregated. */
final class Values {
  private Values() {}

  /** The value; null where there is none. */
  static Double of(MetricDefinition metric, Aggregate aggregate) {
    double value =
        switch (metric.kind()) {
          case COUNT -> ((Aggregate.Counts) aggregate).get(0);
          case SUM -> ((Aggregate.Sum) aggregate).sum();
          case MEAN -> divided((Aggregate.Sum) aggregate);
          case MIN -> ((Aggregate.Extreme) aggregate).least();
          case MAX -> ((Aggregate.Extreme) aggregate).greatest();
          case QUANTILE -> ((Aggregate.Quantiles) aggregate).quantile(metric.quantile());
          case UNIQUE -> ((Aggregate.Distinct) aggregate).estimate();
          case RATIO -> divided((Aggregate.Ratio) aggregate);
        };
    return Double.isNaN(value) || Double.isInfinite(value) ? null : (Double) value;
  }

  private static double divided(Aggregate.Sum sum) {
    return sum.sum() / sum.count();
  }

  private static double divided(Aggregate.Ratio ratio) {
    return ratio.upper().sum() / ratio.lower().sum();
  }
}
