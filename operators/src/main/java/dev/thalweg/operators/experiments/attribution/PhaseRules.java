package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Variant;
import java.util.List;
import java.util.Objects;

/**
 * How a phase of an experiment counts its units.
 *
 * @param experiment its name
 * @param phase from 1 on
 * @param variants the arms, by name
 * @param firstCounts whether a unit that was in several arms counts in the first; else in none
 * @param metrics in the order of the definition
 */
public record PhaseRules(
    String experiment,
    int phase,
    List<String> variants,
    boolean firstCounts,
    List<MetricRule> metrics) {
  /** Refuses what cannot be. */
  public PhaseRules {
    Objects.requireNonNull(experiment, "experiment");
    variants = List.copyOf(variants);
    metrics = List.copyOf(metrics);
    if (phase < 1 || variants.size() < 2) {
      throw new IllegalArgumentException("phase " + phase + " with arms " + variants);
    }
  }

  /** Of the phase of a definition. */
  public static PhaseRules of(ExperimentDefinition definition) {
    Design design = definition.design();
    return new PhaseRules(
        definition.experiment(),
        definition.phase(),
        design.allocation().variants().stream().map(Variant::name).toList(),
        design.crossover() == Crossover.FIRST,
        design.metrics().stream().map(MetricRule::of).toList());
  }

  /** How many arms there are. */
  public int arms() {
    return variants.size();
  }

  /** What tells phases of experiments apart. */
  public String key() {
    return PhaseShape.key(experiment, phase);
  }
}
