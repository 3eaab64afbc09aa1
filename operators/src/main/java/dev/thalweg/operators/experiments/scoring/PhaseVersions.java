package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;

/** Which of the versions of a phase decides; they differ in policy alone. */
final class PhaseVersions {
  private PhaseVersions() {}

  /**
   * The newest that acts at that time, stopped or not; the first where none does yet, null if there
   * is none at all.
   */
  static ExperimentDefinition actingAt(long time, Iterable<ExperimentDefinition> versions) {
    ExperimentDefinition first = null;
    ExperimentDefinition acting = null;
    for (ExperimentDefinition definition : versions) {
      if (first == null || definition.version() < first.version()) {
        first = definition;
      }
      boolean isLater = acting == null || definition.version() > acting.version();
      if (definition.effectiveFrom() <= time && isLater) {
        acting = definition;
      }
    }
    return acting == null ? first : acting;
  }
}
