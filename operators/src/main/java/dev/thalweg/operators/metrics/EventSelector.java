package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.util.Objects;
import java.util.Set;

/**
 * Which events something is about.
 *
 * @param eventTypes the event types; empty for all
 * @param where a CEL condition over core keys and attributes; empty for none. An event to which an
 *     attribute of the condition is absent does not meet it
 */
public record EventSelector(Set<String> eventTypes, String where) implements Serializable {
  /** All events. */
  public static final EventSelector ALL = new EventSelector(Set.of(), "");

  /** Refuses missing parts. */
  public EventSelector {
    eventTypes = Set.copyOf(eventTypes);
    Objects.requireNonNull(where, "where");
  }
}
