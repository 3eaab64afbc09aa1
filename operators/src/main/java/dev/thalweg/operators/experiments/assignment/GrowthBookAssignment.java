package dev.thalweg.operators.experiments.assignment;

import java.util.Objects;

/**
 * GrowthBook's inline experiment: a unit's hash, and the arm whose range holds it. An empty unit
 * takes no part.
 *
 * @param hash the version
 * @param seed usually the experiment's key
 * @param ranges of the arms
 */
public record GrowthBookAssignment(GrowthBookHash hash, String seed, BucketRanges ranges)
    implements Assignment {
  /** Refuses nulls. */
  public GrowthBookAssignment {
    Objects.requireNonNull(hash);
    Objects.requireNonNull(seed);
    Objects.requireNonNull(ranges);
  }

  @Override
  public int arm(String unit) {
    return unit.isEmpty() ? NONE : ranges.choose(hash.hash(seed, unit));
  }
}
