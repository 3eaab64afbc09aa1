package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.statistics.ArmSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums over the units of each arm of a phase: how many, and of each metric; and which events they
 * rest on. They merge, and what is taken back may come before what was added. Mutable; not thread
 * safe.
 */
public final class PhaseSums {
  private final PhaseShape shape;
  private final long[] units;
  private final ArmSums[][] values;
  private final Sources sources;

  /** Over no units. */
  public PhaseSums(PhaseShape shape) {
    this(shape, new Sources());
  }

  private PhaseSums(PhaseShape shape, Sources sources) {
    this.shape = shape;
    this.sources = sources;
    units = new long[shape.arms()];
    values = new ArmSums[shape.paired().size()][shape.arms()];
  }

  /** Adds a unit to an arm, or takes it back: sign 1 or -1. */
  public void addUnit(int arm, int sign) {
    units[arm] += sign;
  }

  /**
   * Adds what a unit has of a metric, or takes it back.
   *
   * @param sign 1 or -1
   * @param second of no meaning unless the metric is paired
   */
  public void addValue(int metric, int arm, int sign, double first, double second) {
    ArmSums sums = sums(metric, arm);
    boolean isPaired = shape.paired().get(metric);
    if (isPaired && sign > 0) {
      sums.add(first, second);
    } else if (isPaired) {
      sums.remove(first, second);
    } else if (sign > 0) {
      sums.add(first);
    } else {
      sums.remove(first);
    }
  }

  private ArmSums sums(int metric, int arm) {
    if (values[metric][arm] == null) {
      values[metric][arm] = shape.paired().get(metric) ? ArmSums.paired() : ArmSums.single();
    }
    return values[metric][arm];
  }

  /** Adds others of the same shape. */
  public void merge(PhaseSums other) {
    sources.merge(other.sources);
    for (int arm = 0; arm < units.length; arm++) {
      units[arm] += other.units[arm];
      for (int metric = 0; metric < values.length; metric++) {
        if (other.values[metric][arm] != null) {
          sums(metric, arm).merge(other.values[metric][arm]);
        }
      }
    }
  }

  /** How many units are in an arm. */
  public long units(int arm) {
    return units[arm];
  }

  /** Whether there is a unit in any arm. */
  public boolean hasUnits() {
    for (long inArm : units) {
      if (inArm > 0) {
        return true;
      }
    }
    return false;
  }

  /** A copy of the sums of a metric over the units of an arm. */
  public ArmSums values(int metric, int arm) {
    ArmSums copy = shape.paired().get(metric) ? ArmSums.paired() : ArmSums.single();
    if (values[metric][arm] != null) {
      copy.merge(values[metric][arm]);
    }
    return copy;
  }

  /** Which events they rest on, also those that changed nothing. */
  public Sources sources() {
    return sources;
  }

  /** Writes all but the shape and the names. */
  public void writeTo(DataOutput out, SourceNames names) throws IOException {
    sources.writeTo(out, names);
    for (int arm = 0; arm < units.length; arm++) {
      out.writeLong(units[arm]);
      for (ArmSums[] metric : values) {
        out.writeBoolean(metric[arm] != null);
        if (metric[arm] != null) {
          metric[arm].writeTo(out);
        }
      }
    }
  }

  /** Reads what {@link #writeTo} wrote of that shape, with these names. */
  public static PhaseSums readFrom(PhaseShape shape, DataInput in, SourceNames names)
      throws IOException {
    PhaseSums read = new PhaseSums(shape, Sources.readFrom(in, names));
    for (int arm = 0; arm < read.units.length; arm++) {
      read.units[arm] = in.readLong();
      for (ArmSums[] metric : read.values) {
        metric[arm] = in.readBoolean() ? ArmSums.readFrom(in) : null;
      }
    }
    return read;
  }
}
