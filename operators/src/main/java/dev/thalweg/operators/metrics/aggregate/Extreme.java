package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The least and the greatest of some numbers. */
public final class Extreme implements Aggregate {
  static final byte KIND = 3;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** Adds a number; NaN is left out. */
  public void add(double number) {
    if (!Double.isNaN(number)) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
    }
  }

  /** The least; positive infinity of nothing. */
  public double least() {
    return least;
  }

  /** The greatest; negative infinity of nothing. */
  public double greatest() {
    return greatest;
  }

  @Override
  public void merge(Aggregate other) {
    Extreme more = (Extreme) other;
    least = Math.min(least, more.least);
    greatest = Math.max(greatest, more.greatest);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeByte(KIND);
    out.writeDouble(least);
    out.writeDouble(greatest);
  }

  static Extreme readFrom(DataInputView in) throws IOException {
    Extreme read = new Extreme();
    read.least = in.readDouble();
    read.greatest = in.readDouble();
    return read;
  }
}
