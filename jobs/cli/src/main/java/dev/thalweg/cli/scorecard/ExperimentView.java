package dev.thalweg.cli.scorecard;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment: what was published of it and what the views say.
 *
 * @param experiment the id
 * @param versions all that were published, by version; none where they are not known
 * @param numbers of its phases, in order
 */
public record ExperimentView(
    String experiment, List<ExperimentDefinition> versions, List<PhaseNumbers> numbers) {
  /** Copies the lists. */
  public ExperimentView {
    versions = List.copyOf(versions);
    numbers = List.copyOf(numbers);
  }

  /** All phases that were published or have numbers, in order. */
  public List<Integer> phases() {
    return Stream.concat(
            versions.stream().map(ExperimentDefinition::phase),
            numbers.stream().map(PhaseNumbers::phase))
        .distinct()
        .sorted()
        .toList();
  }

  /** The newest phase with numbers, or else the newest. */
  public PhaseScorecard newest() {
    return phase(
        numbers.stream()
            .filter(each -> !each.isEmpty())
            .map(PhaseNumbers::phase)
            .max(Comparator.naturalOrder())
            .orElseGet(() -> phases().get(phases().size() - 1)));
  }

  /** One of its {@link #phases}. */
  public PhaseScorecard phase(int phase) {
    return new PhaseScorecard(
        experiment,
        versions.stream().filter(version -> version.phase() == phase).toList(),
        next(phase),
        numbers.stream()
            .filter(each -> each.phase() == phase)
            .findFirst()
            .orElseGet(() -> PhaseNumbers.none(phase)));
  }

  private Optional<ExperimentDefinition> next(int phase) {
    return versions.stream().filter(version -> version.phase() > phase).findFirst();
  }
}
