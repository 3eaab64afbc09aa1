package dev.thalweg.operators.experiments.flags;

import java.math.BigDecimal;

/** Values of rules as text. */
public final class Printed {
  private static final double EXACT = 1e15;

  private Printed() {}

  /**
   * Null is empty; a number is a double, without exponent and without {@code .0}, as flagd prints
   * it.
   */
  public static String of(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Number number ? number(number.doubleValue()) : value.toString();
  }

  private static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < EXACT) {
      return Long.toString((long) number);
    }
    return Double.isFinite(number)
        ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }
}
