package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.DisplayNumber;
import java.util.Locale;

/**
 * Numbers of a metric as a reader may see them; a dash where there is none.
 *
 * @param isConversion whether they are shares of units, said in percent, and their differences in
 *     percentage points
 */
record Amounts(boolean isConversion) {
  static final String NONE = "–";
  private static final double SMALLEST_P = 0.0001;
  private static final String SMALLEST_P_TEXT = "0.0001";

  String mean(Double mean) {
    if (mean == null) {
      return NONE;
    }
    return isConversion ? DisplayNumber.of(100 * mean) + " %" : DisplayNumber.of(mean);
  }

  /** A difference, with its sign. */
  String change(Double change) {
    return change == null ? NONE : signed(change) + unit();
  }

  /** From where to where a difference may lie. */
  String range(Double low, Double high) {
    return low == null || high == null ? NONE : signed(low) + " to " + signed(high) + unit();
  }

  /** How far from 0. */
  String size(double change) {
    return DisplayNumber.of(Math.abs(scaled(change))) + unit();
  }

  private String unit() {
    return isConversion ? " pp" : "";
  }

  private double scaled(double change) {
    return isConversion ? 100 * change : change;
  }

  private String signed(double change) {
    return (change > 0 ? "+" : "") + DisplayNumber.of(scaled(change) + 0.0);
  }

  /** A relative difference, with its sign. */
  static String percent(Double share) {
    if (share == null) {
      return NONE;
    }
    String size = percentSize(share);
    boolean isZero = size.equals("0 %");
    return isZero ? size : (share > 0 ? "+" : "-") + size;
  }

  /** A relative difference without its sign: one decimal, of less than 1 % two. */
  static String percentSize(double share) {
    double percent = Math.abs(100 * share);
    if (percent >= 1e6) {
      return DisplayNumber.of(percent) + " %";
    }
    String digits = String.format(Locale.ROOT, percent < 0.995 ? "%.2f" : "%,.1f", percent);
    return digits.replaceFirst("\\.0+$", "") + " %";
  }

  static String p(Double p) {
    if (p == null) {
      return NONE;
    }
    if (p < SMALLEST_P) {
      return "<" + SMALLEST_P_TEXT;
    }
    String digits = String.format(Locale.ROOT, "%.4f", p);
    return digits.equals("1.0000") ? "1" : digits;
  }

  /** As part of a sentence. */
  static String saidP(Double p) {
    if (p == null) {
      return "p is not known";
    }
    return p < SMALLEST_P ? "p < " + SMALLEST_P_TEXT : "p = " + p(p);
  }
}
