package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Quantiles of some numbers. */
public final class Quantiles implements Aggregate {
  static final byte KIND = 4;
  private final LogHistogram histogram = new LogHistogram();

  /** Adds a number. */
  public void add(double number) {
    histogram.add(number);
  }

  /** The quantile, within 1 %; NaN of nothing. */
  public double quantile(double q) {
    return histogram.quantile(q);
  }

  @Override
  public void merge(Aggregate other) {
    histogram.add(((Quantiles) other).histogram);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeByte(KIND);
    out.writeInt(histogram.buckets().size());
    for (Map.Entry<Integer, Long> bucket : histogram.buckets().entrySet()) {
      out.writeInt(bucket.getKey());
      out.writeLong(bucket.getValue());
    }
  }

  static Quantiles readFrom(DataInputView in) throws IOException {
    Quantiles read = new Quantiles();
    int buckets = in.readInt();
    for (int i = 0; i < buckets; i++) {
      read.histogram.add(in.readInt(), in.readLong());
    }
    return read;
  }
}
