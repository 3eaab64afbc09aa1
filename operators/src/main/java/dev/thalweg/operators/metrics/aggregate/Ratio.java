package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A sum, and the sum it is divided by. */
public final class Ratio implements Aggregate {
  static final byte KIND = 6;
  private Sum upper = new Sum();
  private Sum lower = new Sum();

  /** What is divided. */
  public Sum upper() {
    return upper;
  }

  /** What it is divided by. */
  public Sum lower() {
    return lower;
  }

  @Override
  public void merge(Aggregate other) {
    upper.merge(((Ratio) other).upper);
    lower.merge(((Ratio) other).lower);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeByte(KIND);
    upper.writeBody(out);
    lower.writeBody(out);
  }

  static Ratio readFrom(DataInputView in) throws IOException {
    Ratio read = new Ratio();
    read.upper = Sum.readFrom(in);
    read.lower = Sum.readFrom(in);
    return read;
  }
}
