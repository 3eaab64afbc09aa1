package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.util.List;

/**
 * An arm of an experiment.
 *
 * @param name as exposures carry it
 * @param weight its share of the units, relative to the others; of 0 it gets no new unit
 */
public record Variant(String name, int weight) implements Serializable {
  /** Refuses what is no name, and negative weights. */
  public Variant {
    Values.variant("name", name);
    Values.require(weight >= 0, name, "must be 0 or more, is " + weight);
  }

  /**
   * Refuses lists of variants among which units cannot be divided, with the key first in the
   * message.
   */
  public static void check(List<Variant> variants) {
    String key = "variants";
    Values.require(variants.size() >= 2, key, "at least two, are " + variants.size());
    Values.distinct(key, variants.stream().map(Variant::name).toList());
    long total = variants.stream().mapToLong(Variant::weight).sum();
    Values.require(total > 0, key, "all weights are 0: nobody would get a variant");
    Values.require(
        total <= Integer.MAX_VALUE, key, "weights sum to more than " + Integer.MAX_VALUE);
  }
}
