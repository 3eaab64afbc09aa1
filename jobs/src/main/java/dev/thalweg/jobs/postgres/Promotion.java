package dev.thalweg.jobs.postgres;

import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;

/**
 * A decision that brings the next version of its experiment along.
 *
 * @param decided with the version
 * @param definition the same, read
 * @param version of the row, the run in front
 */
record Promotion(Decided decided, ExperimentDefinition definition, long version) {
  static Promotion of(Decided decided, long version) {
    return new Promotion(decided, DefinitionJson.read(decided.promotion()), version);
  }

  String experiment() {
    return definition.experiment();
  }

  /** The version that it replaces. */
  int from() {
    return definition.version() - 1;
  }

  /** The text that is published. */
  String text() {
    return DefinitionJson.write(definition);
  }

  /** For logs. */
  @Override
  public String toString() {
    return "promotion of %s to version %d (%s)"
        .formatted(experiment(), definition.version(), decided.decision().verdict().label());
  }
}
