package dev.thalweg.operators.experiments.statistics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/** Makes and copies sums of arms. */
final class Sums {
  private Sums() {}

  /** Sums of which only the totals are known: y, y squared, and if paired x, x squared, xy. */
  static ArmSums ofTotals(long units, double... totals) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(totals.length);
      out.writeLong(units);
      out.writeLong(0);
      for (double total : totals) {
        out.writeShort(2);
        out.writeDouble(total);
        out.writeDouble(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(bytes.toByteArray());
  }

  static ArmSums single(double... outcomes) {
    ArmSums sums = ArmSums.single();
    for (double outcome : outcomes) {
      sums.add(outcome);
    }
    return sums;
  }

  static ArmSums paired(List<double[]> units) {
    ArmSums sums = ArmSums.paired();
    units.forEach(unit -> sums.add(unit[0], unit[1]));
    return sums;
  }

  static ArmSums copy(ArmSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      sums.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(bytes.toByteArray());
  }

  private static ArmSums read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      ArmSums sums = ArmSums.readFrom(in);
      if (in.available() > 0) {
        throw new IllegalStateException(in.available() + " bytes were not read");
      }
      return sums;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value of some magnitude, not seldom 0. */
  static double value(Random random) {
    return random.nextInt(4) == 0
        ? 0
        : random.nextGaussian() * Math.pow(10, random.nextInt(24) - 12);
  }

  static double[] unit(Random random) {
    return new double[] {value(random), value(random)};
  }

  /** All that a metric's statistics are computed from, rounded. */
  static List<Double> moments(ArmSums sums) {
    Moments moments = Moments.of(sums);
    List<Double> single =
        List.of(
            (double) moments.units(),
            (double) sums.unmeasured(),
            moments.total(),
            moments.mean(),
            moments.variance());
    return sums.isPaired()
        ? List.of(
            (double) moments.units(),
            (double) sums.unmeasured(),
            moments.total(),
            moments.mean(),
            moments.variance(),
            moments.secondMean(),
            moments.secondVariance(),
            moments.covariance(),
            moments.ratio(),
            moments.ratioVariance())
        : single;
  }
}
