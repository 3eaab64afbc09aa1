package dev.thalweg.operators.experiments.flags;

import java.util.HashMap;
import java.util.Map;

/** Contexts of tests. */
final class Contexts {
  /** 2026-03-02T00:00:00.999Z. */
  static final long TIME = 1_772_409_600_999L;

  private Contexts() {}

  static FlagContext none() {
    return new FlagContext(null, Map.of(), TIME);
  }

  static FlagContext unit(String targetingKey) {
    return new FlagContext(targetingKey, Map.of(), TIME);
  }

  static FlagContext attributes(Object... namesAndValues) {
    return unit(null, namesAndValues);
  }

  static FlagContext unit(String targetingKey, Object... namesAndValues) {
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new FlagContext(targetingKey, attributes, TIME);
  }
}
