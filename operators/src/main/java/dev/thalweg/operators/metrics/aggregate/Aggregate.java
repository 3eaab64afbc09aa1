package dev.thalweg.operators.metrics;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of some events, such that what is known of more is had by merging, in any order and
 * grouping with the same result. Mutable; not thread safe.
 */
public sealed interface Aggregate {
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

  /** One count or several; they may go down as well, where a late event changes what was true. */
  final class Counts implements Aggregate {
    private static final byte KIND = 1;
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

    private static Counts readFrom(DataInputView in) throws IOException {
      long[] counts = new long[in.readUnsignedShort()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = in.readLong();
      }
      return new Counts(counts);
    }
  }

  /** A sum of numbers, and how many. */
  final class Sum implements Aggregate {
    private static final byte KIND = 2;
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

    private void writeBody(DataOutputView out) throws IOException {
      out.writeLong(count);
      double[] parts = sum.toArray();
      out.writeShort(parts.length);
      for (double part : parts) {
        out.writeDouble(part);
      }
    }

    private static Sum readFrom(DataInputView in) throws IOException {
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

  /** The least and the greatest of some numbers. */
  final class Extreme implements Aggregate {
    private static final byte KIND = 3;
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

    private static Extreme readFrom(DataInputView in) throws IOException {
      Extreme read = new Extreme();
      read.least = in.readDouble();
      read.greatest = in.readDouble();
      return read;
    }
  }

  /** Quantiles of some numbers. */
  final class Quantiles implements Aggregate {
    private static final byte KIND = 4;
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

    private static Quantiles readFrom(DataInputView in) throws IOException {
      Quantiles read = new Quantiles();
      int buckets = in.readInt();
      for (int i = 0; i < buckets; i++) {
        read.histogram.add(in.readInt(), in.readLong());
      }
      return read;
    }
  }

  /**
   * About how many different things; a HyperLogLog sketch of 4,096 registers, whose standard error
   * is 1.6 %. The estimate is the one that does not depend on the order.
   */
  final class Distinct implements Aggregate {
    private static final byte KIND = 5;
    private static final int LOG_REGISTERS = 12;
    private HllSketch sketch = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8);

    /** Adds a thing by two halves of a hash. */
    public void add(long high, long low) {
      sketch.update(new long[] {high, low});
    }

    /** How many, about. */
    public double estimate() {
      return sketch.getCompositeEstimate();
    }

    @Override
    public void merge(Aggregate other) {
      Union union = new Union(LOG_REGISTERS);
      union.update(sketch);
      union.update(((Distinct) other).sketch);
      sketch = union.getResult(TgtHllType.HLL_8);
    }

    @Override
    public void write(DataOutputView out) throws IOException {
      out.writeByte(KIND);
      byte[] bytes = sketch.toCompactByteArray();
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    private static Distinct readFrom(DataInputView in) throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      Distinct read = new Distinct();
      read.sketch = HllSketch.heapify(bytes);
      return read;
    }
  }

  /** A sum, and the sum it is divided by. */
  final class Ratio implements Aggregate {
    private static final byte KIND = 6;
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

    private static Ratio readFrom(DataInputView in) throws IOException {
      Ratio read = new Ratio();
      read.upper = Sum.readFrom(in);
      read.lower = Sum.readFrom(in);
      return read;
    }
  }
}
