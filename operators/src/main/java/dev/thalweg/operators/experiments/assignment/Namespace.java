package dev.thalweg.operators.experiments.assignment;

/**
 * GrowthBook's namespace: experiments that take different parts of one line never share a unit.
 * Places are those of {@link GrowthBookHash#V1}, whatever the version of the experiment.
 */
public final class Namespace {
  private final String seed;
  private final BucketRange part;

  /**
   * A part of a namespace.
   *
   * @param id the namespace
   * @param part what of it is in
   */
  public Namespace(String id, BucketRange part) {
    this.seed = "__" + id;
    this.part = part;
  }

  /** Whether a unit is in it. Allocates nothing. */
  public boolean contains(String unit) {
    return part.contains(GrowthBookHash.V1.hash(seed, unit));
  }
}
