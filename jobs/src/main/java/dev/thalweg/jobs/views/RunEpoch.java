package dev.thalweg.jobs.views;

import java.io.Serializable;

/**
 * The number of a run, which rises with every start of a job from a savepoint or from nothing. It
 * stands in front of the versions of rows, so that whatever a later run writes is the later.
 */
public record RunEpoch(long number) implements Serializable {
  private static final int SHIFT = 40;
  private static final long GREATEST = (1L << (63 - SHIFT)) - 1;

  /** Refuses a number that a version cannot hold. */
  public RunEpoch {
    if (number < 0 || number > GREATEST) {
      throw new IllegalArgumentException("must be at least 0 and at most " + GREATEST);
    }
  }

  /** The version of a row to which so many events were applied in this run. */
  public long version(long applied) {
    return (number << SHIFT) + applied;
  }
}
