package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.operators.experiments.flags.FlagRule;

/** Rules of targeting as text that is the same for the same rule, however it was spaced. */
final class TargetingText {
  private static final String KEY = "targeting";

  private TargetingText() {}

  /**
   * The rule without spaces.
   *
   * @throws IllegalArgumentException unless it is a rule that can be evaluated
   */
  static String written(String rule) {
    JsonNode read = node(rule);
    Values.require(read.isObject(), KEY, "must be a rule such as {\"==\": [{\"var\": \"x\"}, 1]}");
    FlagRule.mistake(read).ifPresent(mistake -> Values.require(false, KEY, mistake));
    return read.toString();
  }

  /** The rule of a text. */
  static JsonNode node(String rule) {
    try {
      return JsonText.read(rule);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(KEY + ": " + e.getMessage(), e);
    }
  }
}
