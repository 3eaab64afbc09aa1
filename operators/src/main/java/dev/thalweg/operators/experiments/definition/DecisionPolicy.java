package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * When an experiment is decided, and who acts on it.
 *
 * @param minimumUnits exposed units, of all variants, below which nothing is decided
 * @param minimumTime of the phase, before which nothing is shipped
 * @param ship who gives all units the winner
 * @param rollback who gives all units the baseline
 * @param ramp by which shares a variant is brought in; empty for at once
 */
public record DecisionPolicy(
    long minimumUnits, Duration minimumTime, Acting ship, Acting rollback, List<RampStep> ramp)
    implements Serializable {

  /** Refuses negative numbers, and ramps that do not rise. */
  public DecisionPolicy {
    Values.require(minimumUnits >= 0, "minimum_units", "must be 0 or more, is " + minimumUnits);
    Values.span("minimum_time", minimumTime);
    Objects.requireNonNull(ship, "ship");
    Objects.requireNonNull(rollback, "rollback");
    ramp = List.copyOf(ramp);
    for (int i = 1; i < ramp.size(); i++) {
      int before = ramp.get(i - 1).share();
      int share = ramp.get(i).share();
      Values.require(
          before < share, "ramp", "shares must rise, and %d follows %d".formatted(share, before));
    }
  }
}
