package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.metrics.aggregate.Distinct;
import dev.thalweg.operators.metrics.aggregate.Extreme;
import dev.thalweg.operators.metrics.aggregate.Quantiles;
import dev.thalweg.operators.metrics.aggregate.Ratio;
import dev.thalweg.operators.metrics.aggregate.Sum;

/** The value of a metric, of what was aggregated. */
final class Values {
  private Values() {}

  /** The value; null where there is none. */
  static Double of(MetricDefinition metric, Aggregate aggregate) {
    double value =
        switch (metric.kind()) {
          case COUNT -> ((Counts) aggregate).get(0);
          case SUM -> ((Sum) aggregate).sum();
          case MEAN -> divided((Sum) aggregate);
          case MIN -> ((Extreme) aggregate).least();
          case MAX -> ((Extreme) aggregate).greatest();
          case QUANTILE -> ((Quantiles) aggregate).quantile(metric.quantile());
          case UNIQUE -> ((Distinct) aggregate).estimate();
          case RATIO -> divided((Ratio) aggregate);
        };
    return Double.isNaN(value) || Double.isInfinite(value) ? null : (Double) value;
  }

  private static double divided(Sum sum) {
    return sum.sum() / sum.count();
  }

  private static double divided(Ratio ratio) {
    return ratio.upper().sum() / ratio.lower().sum();
  }
}
