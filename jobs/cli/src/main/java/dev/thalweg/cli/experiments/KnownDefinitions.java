package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.List;

/**
 * Definitions as far as Kafka tells them.
 *
 * @param versions of all experiments; none where they are not known
 * @param missing why they are not known; empty where they are
 */
record KnownDefinitions(List<ExperimentDefinition> versions, String missing) {
  /** Reads them; a topic that cannot be read is no failure. */
  static KnownDefinitions read(DefinitionsTopic topic) {
    if (!topic.kafka().answers()) {
      return new KnownDefinitions(
          List.of(), "Kafka at %s does not answer".formatted(topic.kafka().bootstrap()));
    }
    try {
      return new KnownDefinitions(topic.read().all(), "");
    } catch (CommandFailure e) {
      return new KnownDefinitions(List.of(), e.getMessage());
    }
  }
}
