package dev.thalweg.operators.metrics.aggregate;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of some events, such that what is known of more is had by merging, in any order and
 * grouping with the same result. Mutable; not thread safe.
 */
public sealed interface Aggregate permits Counts, Sum, Extreme, Quantiles, Distinct, Ratio {
  /** Takes in what another of the same kind knows; the other is not to be used any more. */
  void merge(Aggregate other);

  /** Writes all that is needed to read it again, its kind first. */
  void write(DataOutputView out) throws IOException;

  /** Reads what {@link #write} wrote. */
  static Aggregate read(DataInputView in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case Counts.KIND -> Counts.readFrom(in);
      case Sum.KIND -> Sum.readFrom(in);
      case Extreme.KIND -> Extreme.readFrom(in);
      case Quantiles.KIND -> Quantiles.readFrom(in);
      case Distinct.KIND -> Distinct.readFrom(in);
      case Ratio.KIND -> Ratio.readFrom(in);
      default -> throw new IOException("no kind of aggregate: " + kind);
    };
  }
}
