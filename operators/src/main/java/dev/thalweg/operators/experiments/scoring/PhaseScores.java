package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.attribution.Sources;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.ArmSums;
import dev.thalweg.operators.experiments.statistics.Effect;
import dev.thalweg.operators.experiments.statistics.Estimator;
import dev.thalweg.operators.experiments.statistics.Interval;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.operators.experiments.statistics.Scorecard;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.operators.experiments.statistics.SequentialSampleRatio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the sums of a phase say, by its definition. */
final class PhaseScores {
  private final ExperimentDefinition definition;
  private final PhaseSums sums;
  private final List<Variant> variants;

  PhaseScores(ExperimentDefinition definition, PhaseSums sums) {
    this.definition = definition;
    this.sums = sums;
    variants = definition.design().allocation().variants();
  }

  ExperimentDefinition definition() {
    return definition;
  }

  /** The arms, in the order of the definition. */
  List<Variant> variants() {
    return variants;
  }

  /** Which events the sums rest on. */
  Sources sources() {
    return sums.sources();
  }

  /** How many units are in each arm, in the order of the definition. */
  long[] units() {
    long[] units = new long[variants.size()];
    for (int arm = 0; arm < units.length; arm++) {
      units[arm] = sums.units(arm);
    }
    return units;
  }

  /** How many units there are. */
  long allUnits() {
    long all = 0;
    for (long units : units()) {
      all += units;
    }
    return all;
  }

  double[] weights() {
    return variants.stream().mapToDouble(Variant::weight).toArray();
  }

  /** How many units are in arms that get none: exposures that came late, or are wrong. */
  long unitsWithoutWeight() {
    long without = 0;
    for (int arm = 0; arm < variants.size(); arm++) {
      without += variants.get(arm).weight() == 0 ? sums.units(arm) : 0;
    }
    return without;
  }

  /** The variants that get units and are not the baseline. */
  List<String> others() {
    return weighted().stream().filter(name -> !name.equals(allocation().baseline())).toList();
  }

  /** The variants that get units. */
  List<String> weighted() {
    return variants.stream().filter(variant -> variant.weight() > 0).map(Variant::name).toList();
  }

  /** The p-value of the sample ratio, for one look. */
  double sampleRatio() {
    return SampleRatio.pValue(units(), weights());
  }

  /** The p-value of the sample ratio, for any number of looks. */
  double sequentialSampleRatio(double previous) {
    return SequentialSampleRatio.pValue(previous, units(), weights());
  }

  /** A row for each variant. */
  List<ScorecardRow> rows(OutcomeMetric metric) {
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    for (Variant variant : variants) {
      arms.put(variant.name(), values(metric, variant.name()));
    }
    return new Scorecard(estimator(metric), definition.statistics())
        .rows(allocation().baseline(), arms);
  }

  private Allocation allocation() {
    return definition.design().allocation();
  }

  private ArmSums values(OutcomeMetric metric, String variant) {
    int arm = variants.stream().map(Variant::name).toList().indexOf(variant);
    return sums.values(definition.design().metrics().indexOf(metric), arm);
  }

  private static Estimator estimator(OutcomeMetric metric) {
    return switch (metric.kind()) {
      case CONVERSION -> Estimator.PROPORTION;
      case COUNT, SUM, MEAN -> Estimator.MEAN;
      case RATIO -> Estimator.RATIO;
    };
  }

  /** The anytime-valid interval of a variant's effect as a share of the baseline. */
  Interval relativeEffect(OutcomeMetric metric, String variant) {
    Estimator estimator = estimator(metric);
    Effect effect =
        Effect.relative(
            estimator.estimate(values(metric, allocation().baseline())),
            estimator.estimate(values(metric, variant)));
    return definition.statistics().interval(effect);
  }
}
