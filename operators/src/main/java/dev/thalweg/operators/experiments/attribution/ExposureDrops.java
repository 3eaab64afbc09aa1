package dev.thalweg.operators.experiments.attribution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.types.StringValue;

/**
 * How many exposures to each arm were refused and are dead letters, by failure. They merge.
 * Mutable; not thread safe.
 */
public final class ExposureDrops {
  private final int arms;
  private final SortedMap<String, long[]> events = new TreeMap<>();

  /** None, of so many arms. */
  public ExposureDrops(int arms) {
    this.arms = arms;
  }

  /** Counts an exposure that was refused. */
  void add(int arm, String failure) {
    events.computeIfAbsent(failure, f -> new long[arms])[arm]++;
  }

  /** Adds others of the same arms. */
  public void merge(ExposureDrops other) {
    other.events.forEach(
        (failure, counts) -> {
          long[] sums = events.computeIfAbsent(failure, f -> new long[arms]);
          for (int arm = 0; arm < arms; arm++) {
            sums[arm] += counts[arm];
          }
        });
  }

  /** The failures that there are, in order. */
  public Set<String> failures() {
    return Collections.unmodifiableSet(events.keySet());
  }

  /** How many exposures to each arm were refused for that failure. */
  public long[] of(String failure) {
    long[] counts = events.get(failure);
    return counts == null ? new long[arms] : counts.clone();
  }

  /** Writes all but the number of arms. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(events.size());
    for (Map.Entry<String, long[]> failure : events.entrySet()) {
      StringValue.writeString(failure.getKey(), out);
      for (long count : failure.getValue()) {
        out.writeLong(count);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote of so many arms. */
  public static ExposureDrops readFrom(int arms, DataInput in) throws IOException {
    ExposureDrops read = new ExposureDrops(arms);
    for (int left = in.readInt(); left > 0; left--) {
      long[] counts = new long[arms];
      read.events.put(StringValue.readString(in), counts);
      for (int arm = 0; arm < arms; arm++) {
        counts[arm] = in.readLong();
      }
    }
    return read;
  }
}
