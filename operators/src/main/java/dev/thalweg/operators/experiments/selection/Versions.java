package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What the versions of one experiment mean to events of a contract, the newest first.
 *
 * @param <T> what a version means
 */
public final class Versions<T> {
  private final List<ExperimentDefinition> definitions;
  private final List<T> meanings = new ArrayList<>();

  /** Of the versions of one experiment, in any order. */
  public Versions(
      List<ExperimentDefinition> definitions, Function<ExperimentDefinition, T> meaning) {
    this.definitions = new ArrayList<>(definitions);
    this.definitions.sort(Comparator.comparingInt(ExperimentDefinition::version).reversed());
    this.definitions.forEach(definition -> meanings.add(meaning.apply(definition)));
  }

  /** What the version means that acts at that time; null if none does. */
  public T at(long eventTime) {
    for (int i = 0; i < definitions.size(); i++) {
      ExperimentDefinition definition = definitions.get(i);
      if (definition.effectiveFrom() <= eventTime) {
        return definition.actsAt(eventTime) ? meanings.get(i) : null;
      }
    }
    return null;
  }

  /** All that versions mean. */
  public List<T> all() {
    return List.copyOf(meanings);
  }
}
