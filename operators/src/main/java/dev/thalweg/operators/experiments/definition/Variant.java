package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;

/**
 * An arm of an experiment.
 *
 * @param name as exposures carry it
 * @param weight its share of the units, relative to the others; of 0 it gets no new unit
 */
public record Variant(String name, int weight) implements Serializable {
  /** Refuses what is no name, and negative weights. */
  public Variant {
    Values.variant("variants", name);
    Values.require(
        weight >= 0,
        "variants",
        "the weight of %s is %d, must be 0 or more".formatted(Values.quoted(name), weight));
  }
}
