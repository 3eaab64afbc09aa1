package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A sum of numbers, and how many. */
public final class Sum implements Aggregate {
  static final byte KIND = 2;
  private ExactSum sum = new ExactSum();
  private long count;

  /** Adds a number. */
  public void add(double number) {
    sum.add(number);
    count++;
  }

  /** Adds a whole number, of which a double may not hold all digits. */
  public void add(long number) {
    long low = number & 0xFFFF_FFFFL;
    sum.add((double) (number - low));
    if (low != 0) {
      sum.add((double) low);
    }
    count++;
  }

  /** The sum. */
  public double sum() {
    return sum.value();
  }

  /** How many numbers. */
  public long count() {
    return count;
  }

  @Override
  public void merge(Aggregate other) {
    Sum more = (Sum) other;
    sum.add(more.sum);
    count += more.count;
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeByte(KIND);
    writeBody(out);
  }

  void writeBody(DataOutputView out) throws IOException {
    out.writeLong(count);
    double[] parts = sum.toArray();
    out.writeShort(parts.length);
    for (double part : parts) {
      out.writeDouble(part);
    }
  }

  static Sum readFrom(DataInputView in) throws IOException {
    Sum read = new Sum();
    read.count = in.readLong();
    double[] parts = new double[in.readUnsignedShort()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = in.readDouble();
    }
    read.sum = ExactSum.of(parts);
    return read;
  }
}
