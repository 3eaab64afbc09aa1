package dev.thalweg.operators.experiments.statistics;

import java.io.Serializable;

/**
 * One arm's row of a scorecard, as the view {@code experiment_scorecards} has it. All but {@code
 * variant}, {@code baseline} and {@code units} are null where unknown; from {@code effect} on they
 * compare with the baseline, and are null on its own row. Numbers are finite.
 *
 * @param variant the arm
 * @param baseline the arm compared with
 * @param units that the metric rests on
 * @param total of outcomes, in the metric's unit
 * @param mean per unit; of a conversion its share, of a ratio the ratio
 * @param variance of one unit's outcome
 * @param effect arm less baseline, in the metric's unit
 * @param effectRelative the same as a share of the baseline's magnitude
 * @param standardError of the effect
 * @param ciLow lower end of the anytime-valid interval of the effect
 * @param ciHigh its upper end
 * @param pValue anytime-valid
 * @param pValueFixed Welch's, for one look
 * @param pValuePooled of pooled z, for one look; conversions only
 * @param pValueHolm the anytime-valid one adjusted by Holm over the arms
 * @param pValueBh the anytime-valid one adjusted by Benjamini and Hochberg over the arms
 * @param cupedEffect the effect adjusted by the outcome before exposure
 * @param cupedStandardError its standard error
 * @param note why something is unknown; several, in the order of the constants, joined by ", "
 */
public record ScorecardRow(
    String variant,
    String baseline,
    long units,
    Double total,
    Double mean,
    Double variance,
    Double effect,
    Double effectRelative,
    Double standardError,
    Double ciLow,
    Double ciHigh,
    Double pValue,
    Double pValueFixed,
    Double pValuePooled,
    Double pValueHolm,
    Double pValueBh,
    Double cupedEffect,
    Double cupedStandardError,
    String note)
    implements Serializable {
  /** An outcome is not finite or beyond {@link ArmSums#LIMIT}. */
  public static final String OUT_OF_RANGE = "out_of_range";

  /** An arm, or the baseline, has fewer than two units, or all of them have the same outcome. */
  public static final String INSUFFICIENT_DATA = "insufficient_data";

  /** The baseline's mean is 0, of which nothing is a share. */
  public static final String BASELINE_MEAN_ZERO = "baseline_mean_zero";

  /** Outcomes before exposure do not vary, or leave no variance of those after it. */
  public static final String CUPED_UNAVAILABLE = "cuped_unavailable";

  static ScorecardRow ofBaseline(String baseline, ArmEstimate estimate, String note) {
    double[] unknown = {Double.NaN, Double.NaN};
    return of(baseline, baseline, estimate, Comparison.ABSENT, unknown, note);
  }

  static ScorecardRow of(
      String variant,
      String baseline,
      ArmEstimate estimate,
      Comparison comparison,
      double[] holmAndBh,
      String note) {
    return new ScorecardRow(
        variant,
        baseline,
        estimate.units(),
        known(estimate.total()),
        known(estimate.mean()),
        known(estimate.variance()),
        known(comparison.effect().estimate()),
        known(comparison.relative()),
        known(comparison.effect().standardError()),
        known(comparison.interval().low()),
        known(comparison.interval().high()),
        known(comparison.pValue()),
        known(comparison.pValueFixed()),
        known(comparison.pValuePooled()),
        known(holmAndBh[0]),
        known(holmAndBh[1]),
        known(comparison.cuped().estimate()),
        known(comparison.cuped().standardError()),
        note);
  }

  private static Double known(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
