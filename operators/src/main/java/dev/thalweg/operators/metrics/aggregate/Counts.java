package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One count or several; they may go down as well, where a late event changes what was true. */
public final class Counts implements Aggregate {
  static final byte KIND = 1;
  private final long[] counts;

  /** Of as many counts, all 0. */
  public Counts(int size) {
    this(new long[size]);
  }

  private Counts(long[] counts) {
    this.counts = counts;
  }

  /** Adds to the i-th count. */
  public Counts add(int i, long change) {
    counts[i] += change;
    return this;
  }

  /** The i-th count; 0 where there are fewer. */
  public long get(int i) {
    return i < counts.length ? counts[i] : 0;
  }

  /** Whether all are 0. */
  public boolean isZero() {
    return Arrays.stream(counts).allMatch(count -> count == 0);
  }

  @Override
  public void merge(Aggregate other) {
    Counts more = (Counts) other;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more.get(i);
    }
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeByte(KIND);
    out.writeShort(counts.length);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  static Counts readFrom(DataInputView in) throws IOException {
    long[] counts = new long[in.readUnsignedShort()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readLong();
    }
    return new Counts(counts);
  }
}
