package dev.thalweg.cli.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as a reader may see them, with a separator of thousands. */
public final class DisplayNumber {
  private static final double LARGE = 1e15;
  private static final double SMALL = 1e-4;
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

  private DisplayNumber() {}

  /** A count. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A value: whole ones as they are, others with four digits. */
  public static String of(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || size >= LARGE || size > 0 && size < SMALL) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    if (value == Math.rint(value)) {
      return of((long) value);
    }
    int decimals = size >= 1000 ? 1 : Math.max(0, rounded(value).stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A share of a whole, with one decimal; a dash if the whole is nothing. */
  public static String share(long part, long whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(DIGITS);
  }
}
