package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What units get and how that is measured: all that numbers depend on, so that two designs are two
 * phases, analysed apart.
 *
 * @param allocation which unit gets which variant
 * @param exposure how it enters the experiment
 * @param crossover what becomes of it where it enters in several variants
 * @param metrics what is measured, the most important one first
 * @param routing which events go to pipelines of their own
 */
public record Design(
    Allocation allocation,
    Exposure exposure,
    Crossover crossover,
    List<OutcomeMetric> metrics,
    Routing routing)
    implements Serializable {

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public Design {
    Objects.requireNonNull(exposure, "exposure");
    Objects.requireNonNull(crossover, "crossover");
    metrics = List.copyOf(metrics);
    Values.require(!metrics.isEmpty(), "metrics", "at least one");
    Values.distinct("metrics", metrics.stream().map(OutcomeMetric::name).toList());
    List<String> variants = allocation.variants().stream().map(Variant::name).toList();
    for (String variant : routing.routes().keySet()) {
      Values.require(
          variants.contains(variant),
          "routes",
          "%s is no variant; there are: %s"
              .formatted(Values.quoted(variant), String.join(", ", variants)));
    }
  }
}
