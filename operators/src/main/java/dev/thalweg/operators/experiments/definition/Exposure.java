package dev.thalweg.operators.experiments.definition;

import java.io.Serializable;
import java.util.Objects;

/**
 * The event by which a unit enters the experiment.
 *
 * @param event the event type; it has the fields {@code experiment} and {@code variant}
 * @param validIf a CEL condition on it that makes the exposure one; empty for none
 */
public record Exposure(String event, String validIf) implements Serializable {
  /** Refuses what is no event type. */
  public Exposure {
    Values.snakeCase("event", event);
    Objects.requireNonNull(validIf, "validIf");
  }
}
