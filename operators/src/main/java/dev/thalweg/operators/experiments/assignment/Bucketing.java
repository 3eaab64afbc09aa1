package dev.thalweg.operators.experiments.assignment;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The ways to assign units that an experiment's definition can name. */
public enum Bucketing {
  /** flagd's fractional, version 2 ({@link FractionalAssignment}). */
  FLAGD_FRACTIONAL_V2("flagd-fractional-v2") {
    @Override
    public Assignment assignment(String salt, Weights weights) {
      return new FractionalAssignment(salt, weights);
    }
  },

  /** GrowthBook with {@code hashVersion} 1. */
  GROWTHBOOK_V1("growthbook-v1") {
    @Override
    public Assignment assignment(String salt, Weights weights) {
      return new GrowthBookAssignment(GrowthBookHash.V1, salt, ranges(weights));
    }
  },

  /** GrowthBook with {@code hashVersion} 2. */
  GROWTHBOOK_V2("growthbook-v2") {
    @Override
    public Assignment assignment(String salt, Weights weights) {
      return new GrowthBookAssignment(GrowthBookHash.V2, salt, ranges(weights));
    }
  };

  private final String id;

  Bucketing(String id) {
    this.id = id;
  }

  /** The name in definitions. */
  public String id() {
    return id;
  }

  /** The one of that name; empty where there is none. */
  public static Optional<Bucketing> of(String id) {
    return Arrays.stream(values()).filter(bucketing -> bucketing.id.equals(id)).findFirst();
  }

  /**
   * Assigns all units.
   *
   * @param salt makes experiments independent of one another
   * @param weights relative shares of the arms; where all are 0 nobody gets an arm
   */
  public abstract Assignment assignment(String salt, Weights weights);

  private static BucketRanges ranges(Weights weights) {
    double coverage = weights.total() == 0 ? 0 : 1;
    return BucketRanges.of(
        weights.arms(),
        coverage,
        IntStream.range(0, weights.arms()).mapToDouble(weights::share).toArray());
  }
}
