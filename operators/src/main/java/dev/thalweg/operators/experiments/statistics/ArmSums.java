package dev.thalweg.operators.experiments.statistics;

import dev.thalweg.operators.metrics.aggregate.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of an arm's units: how many, and the sums of their outcomes y and of y squared;
 * when paired also of a second value x, its square, and x times y. The second value is the
 * denominator of a ratio, or the outcome before exposure for CUPED. All statistics of the arm
 * follow from these.
 *
 * <p>Sums are exact, products included, so neither order nor grouping shows, variances suffer no
 * cancellation, and what is removed leaves nothing behind. A value that is not finite or beyond
 * {@link #LIMIT} cannot be summed so; its unit is counted as unmeasured until it is removed.
 *
 * <p>Mutable; not thread safe. Updates allocate nothing but the rare growth of an exact sum.
 */
public final class ArmSums {
  /** The largest magnitude of a value; products of four sums of such values are still finite. */
  public static final double LIMIT = 1e50;

  private final boolean paired;
  private long units;
  private long unmeasured;
  private final ExactSum y;
  private final ExactSum yy;
  private final ExactSum x;
  private final ExactSum xx;
  private final ExactSum xy;

  private ArmSums(boolean paired, ExactSum... sums) {
    this.paired = paired;
    y = sums[0];
    yy = sums[1];
    x = paired ? sums[2] : null;
    xx = paired ? sums[3] : null;
    xy = paired ? sums[4] : null;
  }

  /** Sums over no units, of one value each. */
  public static ArmSums single() {
    return new ArmSums(false, new ExactSum(), new ExactSum());
  }

  /** Sums over no units, of two values each. */
  public static ArmSums paired() {
    return new ArmSums(
        true, new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum());
  }

  /** Adds a unit with one value. */
  public void add(double outcome) {
    requirePaired(false);
    count(outcome, 0, 1);
  }

  /** Adds a unit with two values: outcome and covariate, or numerator and denominator. */
  public void add(double outcome, double second) {
    requirePaired(true);
    count(outcome, second, 1);
  }

  /** Takes back a unit that was added with just this value. */
  public void remove(double outcome) {
    requirePaired(false);
    count(outcome, 0, -1);
  }

  /** Takes back a unit that was added with just these values. */
  public void remove(double outcome, double second) {
    requirePaired(true);
    count(outcome, second, -1);
  }

  private void count(double outcome, double second, int sign) {
    units += sign;
    if (!(Math.abs(outcome) <= LIMIT && Math.abs(second) <= LIMIT)) {
      unmeasured += sign;
      return;
    }
    if (outcome != 0) {
      y.add(sign * outcome);
      yy.addProduct(sign * outcome, outcome);
    }
    if (second != 0) {
      x.add(sign * second);
      xx.addProduct(sign * second, second);
      xy.addProduct(sign * second, outcome);
    }
  }

  /** Adds all units of another. */
  public void merge(ArmSums other) {
    requirePaired(other.paired);
    units += other.units;
    unmeasured += other.unmeasured;
    y.add(other.y);
    yy.add(other.yy);
    if (paired) {
      x.add(other.x);
      xx.add(other.xx);
      xy.add(other.xy);
    }
  }

  /** Takes back all units of another, which were merged before. */
  public void subtract(ArmSums other) {
    requirePaired(other.paired);
    units -= other.units;
    unmeasured -= other.unmeasured;
    y.subtract(other.y);
    yy.subtract(other.yy);
    if (paired) {
      x.subtract(other.x);
      xx.subtract(other.xx);
      xy.subtract(other.xy);
    }
  }

  private void requirePaired(boolean wanted) {
    if (paired != wanted) {
      throw new IllegalArgumentException(
          paired ? "units have two values here" : "units have one value here");
    }
  }

  /** Whether each unit has two values. */
  public boolean isPaired() {
    return paired;
  }

  /** How many units; below 0 in a part that took back more than it added. */
  public long units() {
    return units;
  }

  /** How many of the units have a value that cannot be summed. */
  public long unmeasured() {
    return unmeasured;
  }

  ExactSum y() {
    return y;
  }

  ExactSum yy() {
    return yy;
  }

  ExactSum x() {
    requirePaired(true);
    return x;
  }

  ExactSum xx() {
    requirePaired(true);
    return xx;
  }

  ExactSum xy() {
    requirePaired(true);
    return xy;
  }

  /** Writes all that {@link #readFrom} needs. Equal sums may have different bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(paired);
    out.writeLong(units);
    out.writeLong(unmeasured);
    for (ExactSum sum : paired ? new ExactSum[] {y, yy, x, xx, xy} : new ExactSum[] {y, yy}) {
      double[] parts = sum.toArray();
      out.writeShort(parts.length);
      for (double part : parts) {
        out.writeDouble(part);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static ArmSums readFrom(DataInput in) throws IOException {
    boolean paired = in.readBoolean();
    long units = in.readLong();
    long unmeasured = in.readLong();
    ExactSum[] sums = new ExactSum[paired ? 5 : 2];
    for (int i = 0; i < sums.length; i++) {
      double[] parts = new double[in.readUnsignedShort()];
      for (int j = 0; j < parts.length; j++) {
        parts[j] = in.readDouble();
      }
      sums[i] = ExactSum.of(parts);
    }
    ArmSums read = new ArmSums(paired, sums);
    read.units = units;
    read.unmeasured = unmeasured;
    return read;
  }
}
