package dev.thalweg.operators.experiments.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for how many there are. An unknown one (NaN) stays unknown but counts as a
 * hypothesis: were it left out, the threshold would tighten as soon as it is known, and decisions
 * taken before would have been too lenient.
 */
public final class Corrections {
  private Corrections() {}

  /**
   * Family-wise error: the i-th smallest is multiplied by m - i + 1, and none is smaller than one
   * before it (Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979).
   */
  public static double[] holm(double[] pValues) {
    int[] ascending = ascending(pValues);
    double[] adjusted = pValues.clone();
    double highest = 0;
    for (int i = 0; i < ascending.length; i++) {
      double scaled = pValues[ascending[i]] * (pValues.length - i);
      highest = Math.max(highest, Math.min(1, scaled));
      adjusted[ascending[i]] = highest;
    }
    return adjusted;
  }

  /**
   * False discovery rate: the i-th smallest is multiplied by m / i, and none is larger than one
   * behind it (Benjamini and Hochberg, "Controlling the False Discovery Rate", 1995).
   */
  public static double[] benjaminiHochberg(double[] pValues) {
    int[] ascending = ascending(pValues);
    double[] adjusted = pValues.clone();
    double lowest = 1;
    for (int i = ascending.length - 1; i >= 0; i--) {
      double factor = (double) pValues.length / (i + 1);
      lowest = Math.min(lowest, pValues[ascending[i]] * factor);
      adjusted[ascending[i]] = lowest;
    }
    return adjusted;
  }

  /** Places of the known ones, the smallest first. */
  private static int[] ascending(double[] pValues) {
    return IntStream.range(0, pValues.length)
        .filter(i -> !Double.isNaN(pValues[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> pValues[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
