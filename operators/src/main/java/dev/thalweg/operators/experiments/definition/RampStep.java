package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.time.Duration;

/**
 * A step of a ramp.
 *
 * @param share how much of the units do not get the baseline, in percent
 * @param hold how long at least before the next step
 */
public record RampStep(int share, Duration hold) implements Serializable {
  /** Refuses shares beyond 1 to 100, and no time. */
  public RampStep {
    Values.require(share >= 1 && share <= 100, "share", "must be from 1 to 100, is " + share);
    Values.positive("hold", hold);
  }
}
