package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What the versions of one experiment mean to events of a contract, the newest first.
 *
 * @param <T> what a version means; may be null
 */
public final class Versions<T> {
  private final List<T> meanings = new ArrayList<>();

  /** Beginning and end of each version, beside one another: most events need no more of it. */
  private final long[] acts;

  /** Of the versions of one experiment, in any order. */
  public Versions(List<ExperimentDefinition> versions, Function<ExperimentDefinition, T> meaning) {
    List<ExperimentDefinition> newestFirst = new ArrayList<>(versions);
    newestFirst.sort(Comparator.comparingInt(ExperimentDefinition::version).reversed());
    acts = new long[2 * newestFirst.size()];
    for (ExperimentDefinition version : newestFirst) {
      acts[2 * meanings.size()] = version.effectiveFrom();
      acts[2 * meanings.size() + 1] = version.stop();
      meanings.add(meaning.apply(version));
    }
  }

  /** What the version means that acts at that time; null if none does. */
  public T at(long eventTime) {
    for (int i = 0; i < acts.length; i += 2) {
      if (acts[i] <= eventTime) {
        return eventTime < acts[i + 1] ? meanings.get(i / 2) : null;
      }
    }
    return null;
  }

  /** All that versions mean. */
  public List<T> all() {
    return Collections.unmodifiableList(meanings);
  }
}
