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

  private static final int SINGLE = 2;
  private static final int PAIRED = 5;

  private long units;
  private long unmeasured;

  /** Of y and y squared; when paired also of x, x squared, and x times y. */
  private final ExactSum[] sums;

  private ArmSums(int count) {
    sums = new ExactSum[count];
    for (int i = 0; i < count; i++) {
      sums[i] = new ExactSum();
    }
  }

  /** Sums over no units, of one value each. */
  public static ArmSums single() {
    return new ArmSums(SINGLE);
  }

  /** Sums over no units, of two values each. */
  public static ArmSums paired() {
    return new ArmSums(PAIRED);
  }

  /** Adds a unit with one value. */
  public void add(double outcome) {
    count(SINGLE, outcome, 0, 1);
  }

  /** Adds a unit with two values: outcome and covariate, or numerator and denominator. */
  public void add(double outcome, double second) {
    count(PAIRED, outcome, second, 1);
  }

  /** Takes back a unit that was added with just this value. */
  public void remove(double outcome) {
    count(SINGLE, outcome, 0, -1);
  }

  /** Takes back a unit that was added with just these values. */
  public void remove(double outcome, double second) {
    count(PAIRED, outcome, second, -1);
  }

  private void count(int values, double outcome, double second, int sign) {
    require(values);
    units += sign;
    if (!(Math.abs(outcome) <= LIMIT && Math.abs(second) <= LIMIT)) {
      unmeasured += sign;
      return;
    }
    if (outcome != 0) {
      sums[0].add(sign * outcome);
      sums[1].addProduct(sign * outcome, outcome);
    }
    if (second != 0) {
      sums[2].add(sign * second);
      sums[3].addProduct(sign * second, second);
      sums[4].addProduct(sign * second, outcome);
    }
  }

  /** Adds all units of another. */
  public void merge(ArmSums other) {
    require(other.sums.length);
    units += other.units;
    unmeasured += other.unmeasured;
    for (int i = 0; i < sums.length; i++) {
      sums[i].add(other.sums[i]);
    }
  }

  /** Takes back all units of another, which were merged before. */
  public void subtract(ArmSums other) {
    require(other.sums.length);
    units -= other.units;
    unmeasured -= other.unmeasured;
    for (int i = 0; i < sums.length; i++) {
      sums[i].subtract(other.sums[i]);
    }
  }

  private void require(int count) {
    if (sums.length != count) {
      throw new IllegalArgumentException(
          isPaired() ? "units have two values here" : "units have one value here");
    }
  }

  /** Whether each unit has two values. */
  public boolean isPaired() {
    return sums.length == PAIRED;
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
    return sums[0];
  }

  ExactSum yy() {
    return sums[1];
  }

  ExactSum x() {
    require(PAIRED);
    return sums[2];
  }

  ExactSum xx() {
    require(PAIRED);
    return sums[3];
  }

  ExactSum xy() {
    require(PAIRED);
    return sums[4];
  }

  /** Writes all that {@link #readFrom} needs. Equal sums may have different bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(sums.length);
    out.writeLong(units);
    out.writeLong(unmeasured);
    for (ExactSum sum : sums) {
      double[] parts = sum.toArray();
      out.writeShort(parts.length);
      for (double part : parts) {
        out.writeDouble(part);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static ArmSums readFrom(DataInput in) throws IOException {
    ArmSums read = new ArmSums(in.readByte());
    read.units = in.readLong();
    read.unmeasured = in.readLong();
    for (int i = 0; i < read.sums.length; i++) {
      double[] parts = new double[in.readUnsignedShort()];
      for (int j = 0; j < parts.length; j++) {
        parts[j] = in.readDouble();
      }
      read.sums[i] = ExactSum.of(parts);
    }
    return read;
  }
}
