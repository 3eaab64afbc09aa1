package dev.thalweg.operators.experiments.assignment;

import java.util.Arrays;
import java.util.List;

/**
 * The parts of the line from 0 to 1 that GrowthBook gives to arms ("Build Your Own SDK",
 * docs.growthbook.io). With a coverage below 1 each arm takes the first part of its share, so that
 * raising the coverage only brings new units in: nobody changes arms. When shares change, units
 * move as {@link Weights} says. Borders are sums of doubles, as GrowthBook's are; the places that a
 * hash can take are few, and one that lies on a border may go to either side of it by rounding.
 * Immutable.
 */
public final class BucketRanges {
  private static final double TOLERANCE = 0.01;

  private final double[] starts;
  private final double[] ends;

  /** Ranges in the order of the arms; where they overlap, the first counts. */
  public BucketRanges(List<BucketRange> ranges) {
    starts = ranges.stream().mapToDouble(BucketRange::start).toArray();
    ends = ranges.stream().mapToDouble(BucketRange::end).toArray();
  }

  /**
   * The ranges of arms.
   *
   * @param arms how many
   * @param coverage how much of each share is given out; held to [0, 1]
   * @param weights the shares. Where their number is another or their sum is not 1 (within 0.01),
   *     and where there are none, all arms have the same
   */
  public static BucketRanges of(int arms, double coverage, double... weights) {
    double covered = Math.max(0, Math.min(1, coverage));
    double[] shares = areShares(arms, weights) ? weights : equal(arms);
    BucketRange[] ranges = new BucketRange[arms];
    double start = 0;
    for (int arm = 0; arm < arms; arm++) {
      ranges[arm] = new BucketRange(start, start + covered * shares[arm]);
      start += shares[arm];
    }
    return new BucketRanges(Arrays.asList(ranges));
  }

  private static boolean areShares(int arms, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return weights.length == arms && sum >= 1 - TOLERANCE && sum <= 1 + TOLERANCE;
  }

  private static double[] equal(int arms) {
    double[] shares = new double[arms];
    Arrays.fill(shares, 1.0 / arms);
    return shares;
  }

  /** How many arms. */
  public int arms() {
    return starts.length;
  }

  /** The range of an arm. */
  public BucketRange range(int arm) {
    return new BucketRange(starts[arm], ends[arm]);
  }

  /** The first arm whose range holds a place; {@link Assignment#NONE} where none does. */
  public int choose(double place) {
    for (int arm = 0; arm < starts.length; arm++) {
      if (place >= starts[arm] && place < ends[arm]) {
        return arm;
      }
    }
    return Assignment.NONE;
  }
}
