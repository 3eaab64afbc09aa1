package dev.thalweg.operators.experiments.flags;

import java.util.Map;
import java.util.Optional;

/** The way to a value of the context, as {@code {"var": "user.name"}} writes it. Immutable. */
final class VariablePath {
  private final String[] names;

  private VariablePath(String[] names) {
    this.names = names;
  }

  /** Reads the way; empty where JSON-logic would do more than go from map to map. */
  static Optional<VariablePath> of(String written) {
    String[] names = written.split("\\.", -1);
    for (String name : names) {
      if (name.isEmpty() || name.chars().allMatch(Character::isDigit)) {
        return Optional.empty();
      }
    }
    boolean isKey = names[0].equals(FlagContext.TARGETING_KEY);
    return names[0].equals(FlagContext.FLAGD) || (isKey && names.length > 1)
        ? Optional.empty()
        : Optional.of(new VariablePath(names));
  }

  /** The value; null where there is none. Allocates nothing. */
  Object value(FlagContext context) {
    if (names[0].equals(FlagContext.TARGETING_KEY)) {
      return context.targetingKey();
    }
    Object value = context.attributes();
    for (String name : names) {
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(name);
    }
    return value;
  }
}
