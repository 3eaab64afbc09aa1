package dev.thalweg.operators.metrics.aggregate;

import java.util.Arrays;

/**
 * A sum of doubles without rounding, so that neither the order nor the grouping of what is added
 * shows in it. Kept as parts that do not overlap (Shewchuk, "Adaptive Precision Floating-Point
 * Arithmetic", 1997); adding takes time linear in their number, which is rarely more than three.
 */
public final class ExactSum {
  private double[] parts = new double[4];
  private int count;

  /** What does not add up: infinities and what comes of them. */
  private double special;

  /** Adds a number; once an infinity or NaN is added the sum is that, as of plain doubles. */
  public void add(double number) {
    if (!Double.isFinite(number)) {
      special += number;
      return;
    }
    double x = number;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double y = parts[i];
      double large = Math.abs(x) < Math.abs(y) ? y : x;
      double small = Math.abs(x) < Math.abs(y) ? x : y;
      double high = large + small;
      double low = small - (high - large);
      if (low != 0) {
        parts[kept++] = low;
      }
      x = high;
    }
    if (!Double.isFinite(x)) {
      special += x;
      count = 0;
      return;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept] = x;
    count = kept + 1;
  }

  /** Adds another sum. */
  public void add(ExactSum other) {
    special += other.special;
    for (int i = 0; i < other.count; i++) {
      add(other.parts[i]);
    }
  }

  /** Takes a finite sum away: what was added with it leaves no trace in {@link #value}. */
  public void subtract(ExactSum other) {
    special -= other.special;
    for (int i = 0; i < other.count; i++) {
      add(-other.parts[i]);
    }
  }

  /**
   * Adds a product without rounding it first (two-product by fused multiply-add: Ogita, Rump and
   * Oishi, "Accurate Sum and Dot Product", 2005, algorithm 3.5). Products below about 1e-290 are
   * rounded, though always in the same way.
   */
  public void addProduct(double a, double b) {
    double product = a * b;
    add(product);
    add(Math.fma(a, b, -product));
  }

  /** Adds the product of two finite sums without rounding it first. */
  public void addProduct(ExactSum a, ExactSum b) {
    for (int i = 0; i < a.count; i++) {
      for (int j = 0; j < b.count; j++) {
        addProduct(a.parts[i], b.parts[j]);
      }
    }
  }

  /** The sum, rounded once, half to even; 0 of nothing. */
  public double value() {
    if (special != 0 || Double.isNaN(special)) {
      return special;
    }
    if (count == 0) {
      return 0;
    }
    int i = count - 1;
    double high = parts[i];
    double low = 0;
    while (i > 0 && low == 0) {
      double x = high;
      double y = parts[--i];
      high = x + y;
      low = y - (high - x);
    }
    // A tie that a smaller part breaks was rounded to even too early.
    boolean sameSign = i > 0 && (low < 0 && parts[i - 1] < 0 || low > 0 && parts[i - 1] > 0);
    if (sameSign) {
      double y = low * 2;
      double x = high + y;
      if (y == x - high) {
        high = x;
      }
    }
    return high;
  }

  /** The parts, and the special value behind them: all that must be written to restore it. */
  public double[] toArray() {
    double[] array = Arrays.copyOf(parts, count + 1);
    array[count] = special;
    return array;
  }

  /** The sum that {@link #toArray} gave. */
  public static ExactSum of(double[] array) {
    ExactSum sum = new ExactSum();
    sum.count = array.length - 1;
    sum.parts = Arrays.copyOf(array, Math.max(4, array.length));
    sum.special = array[sum.count];
    return sum;
  }
}
