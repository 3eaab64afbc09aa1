package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Steps that subjects take one after the other.
 *
 * @param name in snake_case, unique
 * @param within how long after the first step the last may come, that moment included
 * @param window tells subjects apart by when they took the first step
 * @param steps in order, from 2 to 20; equal times are in order
 */
public record FunnelDefinition(
    String name, Duration within, WindowSpec.Tumbling window, List<Step> steps)
    implements Serializable {

  /** One step. */
  public record Step(String name, EventSelector events) implements Serializable {
    /** Refuses missing parts. */
    public Step {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(events, "events");
    }
  }

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public FunnelDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(window, "window");
    steps = List.copyOf(steps);
    if (steps.size() < 2 || steps.size() > 20) {
      throw new IllegalArgumentException("steps: from 2 to 20, are " + steps.size());
    }
    if (steps.stream().map(Step::name).distinct().count() < steps.size()) {
      throw new IllegalArgumentException("steps: two have one name");
    }
    if (within.isNegative() || within.compareTo(Duration.ofDays(400)) > 0) {
      throw new IllegalArgumentException("within: must be from 0s to 400d, is " + within);
    }
  }
}
