package dev.thalweg.operators.experiments.drops;

import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;

/**
 * How units enter a version of an experiment.
 *
 * @param event the event type that exposes them
 */
record ExposedArms(PhaseRules rules, String event) {
  static ExposedArms of(ExperimentDefinition definition) {
    return new ExposedArms(PhaseRules.of(definition), definition.design().exposure().event());
  }

  /** The arm that it would have exposed to; {@link Hit#NO_ARM} if to none. */
  int arm(RefusedExposure refused) {
    boolean exposes = refused.eventType().equals(event);
    return exposes ? rules.variants().indexOf(refused.variant()) : Hit.NO_ARM;
  }
}
