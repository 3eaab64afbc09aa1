package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which events count, and what of them.
 *
 * @param event the event type
 * @param where a CEL condition on them; empty for none
 * @param of the field that is summed; empty where events are counted
 */
public record Outcome(String event, String where, String of) implements Serializable {
  /** Refuses what is no event type or field. */
  public Outcome {
    Values.snakeCase("event", event);
    Objects.requireNonNull(where, "where");
    if (!of.isEmpty()) {
      Values.snakeCase("of", of);
    }
  }
}
