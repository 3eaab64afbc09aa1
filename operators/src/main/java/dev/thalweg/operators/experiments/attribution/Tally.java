package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.metrics.aggregate.ExactSum;

/** What outcomes of a unit come to; neither their order nor their grouping shows. Mutable. */
final class Tally {
  private long count;
  private final ExactSum above;
  private final ExactSum below;

  Tally() {
    this(0, new ExactSum(), new ExactSum());
  }

  Tally(long count, ExactSum above, ExactSum below) {
    this.count = count;
    this.above = above;
    this.below = below;
  }

  void add(double value, boolean isBelow) {
    if (isBelow) {
      below.add(value);
    } else {
      count++;
      above.add(value);
    }
  }

  void add(Tally other) {
    count += other.count;
    above.add(other.above);
    below.add(other.below);
  }

  long count() {
    return count;
  }

  ExactSum above() {
    return above;
  }

  ExactSum below() {
    return below;
  }

  /** What they come to, within the bounds; NaN if the unit is no part of the metric. */
  double value(MetricRule rule) {
    double value =
        switch (rule.kind()) {
          case CONVERSION -> count > 0 ? 1 : 0;
          case COUNT -> count;
          case SUM, RATIO -> above.value();
          case MEAN -> count == 0 ? Double.NaN : above.value() / count;
        };
    return rule.bounds().apply(value);
  }
}
