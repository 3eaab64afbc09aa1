package dev.thalweg.operators.experiments.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Computes the scorecard of one metric.
 *
 * @param estimator of the metric: a proportion for conversions, a ratio for ratios, else a mean
 * @param anytimeValid the test, with its alpha and tuning
 */
public record Scorecard(Estimator estimator, AnytimeValid anytimeValid) {
  /**
   * A row for each arm, in the order of the map. All arms but the baseline are the hypotheses that
   * corrections count. With paired sums, and unless the metric is a ratio, CUPED is computed.
   *
   * @throws IllegalArgumentException if the baseline is not among the arms, if some sums are paired
   *     and others not, or if those of a ratio are not
   */
  public List<ScorecardRow> rows(String baseline, Map<String, ArmSums> arms) {
    ArmSums base = arms.get(baseline);
    if (base == null) {
      throw new IllegalArgumentException("no arm is the baseline " + baseline);
    }
    List<String> others =
        arms.keySet().stream().filter(variant -> !variant.equals(baseline)).toList();
    List<Comparison> comparisons =
        others.stream()
            .map(variant -> Comparison.of(estimator, anytimeValid, base, arms.get(variant)))
            .toList();
    double[] pValues = comparisons.stream().mapToDouble(Comparison::pValue).toArray();
    double[] holm = Corrections.holm(pValues);
    double[] bh = Corrections.benjaminiHochberg(pValues);
    List<ScorecardRow> rows = new ArrayList<>();
    for (Map.Entry<String, ArmSums> arm : arms.entrySet()) {
      ArmEstimate estimate = estimator.estimate(arm.getValue());
      int i = others.indexOf(arm.getKey());
      rows.add(
          i < 0
              ? ScorecardRow.ofBaseline(baseline, estimate, note(base, estimate))
              : ScorecardRow.of(
                  arm.getKey(),
                  baseline,
                  estimate,
                  comparisons.get(i),
                  new double[] {holm[i], bh[i]},
                  note(base, arm.getValue(), comparisons.get(i))));
    }
    return rows;
  }

  private static String note(ArmSums base, ArmEstimate estimate) {
    if (base.unmeasured() != 0) {
      return ScorecardRow.OUT_OF_RANGE;
    }
    return estimate.isComparable() ? null : ScorecardRow.INSUFFICIENT_DATA;
  }

  private String note(ArmSums base, ArmSums arm, Comparison comparison) {
    if (base.unmeasured() != 0 || arm.unmeasured() != 0) {
      return ScorecardRow.OUT_OF_RANGE;
    }
    if (!comparison.effect().isTestable()) {
      return ScorecardRow.INSUFFICIENT_DATA;
    }
    StringJoiner notes = new StringJoiner(", ");
    if (Double.isNaN(comparison.relative())) {
      notes.add(ScorecardRow.BASELINE_MEAN_ZERO);
    }
    if (Comparison.isCuped(estimator, arm) && !comparison.cuped().isTestable()) {
      notes.add(ScorecardRow.CUPED_UNAVAILABLE);
    }
    return notes.length() == 0 ? null : notes.toString();
  }
}
