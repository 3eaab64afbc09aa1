package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;

/**
 * What a variant must not do to a metric.
 *
 * @param metric its name
 * @param tolerance of the relative effect: below 0, the metric may fall by so much; above 0, rise
 */
public record Guardrail(String metric, double tolerance) implements Serializable {
  /** Refuses tolerances that have no direction or that nothing breaks. */
  public Guardrail {
    Values.snakeCase("metric", metric);
    Values.require(
        tolerance > -1 && tolerance != 0 && Double.isFinite(tolerance),
        "tolerance",
        "must be above -1 and not 0 (-0.02: may fall by 2 %%; 0.05: may rise by 5 %%), is %s"
            .formatted(tolerance));
  }
}
