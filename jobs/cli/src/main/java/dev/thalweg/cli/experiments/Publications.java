package dev.thalweg.cli.experiments;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.List;

/** Definitions as they are published, for others than the commands of this package. */
public final class Publications {
  private final DefinitionsTopic topic;

  /** Those of the deployment on that broker. */
  public Publications(String bootstrap, Deployment deployment) {
    topic = DefinitionsTopic.of(bootstrap, deployment);
  }

  /**
   * Publishes each as its next version, unless it says what the newest says.
   *
   * @return them, with the version and phase that they have
   */
  public List<ExperimentDefinition> apply(List<ExperimentDefinition> wanted) {
    return wanted.stream()
        .map(definition -> ApplyExperiment.apply(definition, topic).definition())
        .toList();
  }

  /** All versions of all experiments. */
  public List<ExperimentDefinition> all() {
    return topic.read().all();
  }
}
