package dev.thalweg.schemas.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Which versions of a contract must be able to read which others. */
public enum CompatibilityMode {
  /** Nothing is asked. */
  NONE(false, false, false),
  /** The newest version reads what the one before it wrote. */
  BACKWARD(true, false, false),
  /** The newest version reads what any older one wrote. */
  BACKWARD_TRANSITIVE(true, false, true),
  /** The version before the newest reads what the newest writes. */
  FORWARD(false, true, false),
  /** Any older version reads what the newest writes. */
  FORWARD_TRANSITIVE(false, true, true),
  /** Backward and forward. */
  FULL(true, true, false),
  /** Backward and forward, with all older versions. */
  FULL_TRANSITIVE(true, true, true);

  private final boolean backward;
  private final boolean forward;
  private final boolean transitive;

  CompatibilityMode(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  /** The mode of that name; empty if there is none. */
  public static Optional<CompatibilityMode> named(String name) {
    return Stream.of(values()).filter(mode -> mode.name().equals(name)).findFirst();
  }

  /** Whether the newest version must read older ones. */
  public boolean backward() {
    return backward;
  }

  /** Whether older versions must read the newest. */
  public boolean forward() {
    return forward;
  }

  /** Whether all older versions count, not only the last. */
  public boolean transitive() {
    return transitive;
  }

  /** Those of the older versions that the newest is compared with. */
  public <T> List<T> compared(List<T> oldestFirst) {
    return transitive || oldestFirst.isEmpty()
        ? oldestFirst
        : oldestFirst.subList(oldestFirst.size() - 1, oldestFirst.size());
  }

  /** Whether a schema may follow these. */
  public boolean allows(Schema newest, List<Schema> oldestFirst) {
    return compared(oldestFirst).stream()
        .allMatch(
            older ->
                (!backward || Compatibility.problems(newest, older).isEmpty())
                    && (!forward || Compatibility.problems(older, newest).isEmpty()));
  }
}
