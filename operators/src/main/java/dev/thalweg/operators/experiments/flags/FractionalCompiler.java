package dev.thalweg.operators.experiments.flags;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.operators.experiments.flags.FractionalTargeting.BucketKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the rules that need no JSON-logic: a fractional over fixed arms. */
final class FractionalCompiler {
  private FractionalCompiler() {}

  /**
   * Compiles a rule: {@code {"fractional": [key, [variant, weight]...]}}, where the key is left
   * out, null, a variable, or a {@code cat} of fixed texts, the flag's key, and at last a variable.
   * Empty for any other.
   */
  static Optional<Targeting> compile(Outcomes outcomes, JsonNode rule) {
    JsonNode arguments = rule.path("fractional");
    if (rule.size() != 1 || !arguments.isArray() || arguments.isEmpty()) {
      return Optional.empty();
    }
    boolean hasKey = !arguments.get(0).isArray();
    List<List<Object>> arms = new ArrayList<>();
    for (int i = hasKey ? 1 : 0; i < arguments.size(); i++) {
      Optional<List<Object>> arm = arm(arguments.get(i));
      if (arm.isEmpty()) {
        return Optional.empty();
      }
      arms.add(arm.get());
    }
    BucketKey byUnit = new BucketKey(null, "", false);
    return (hasKey ? key(outcomes.flag(), arguments.get(0)) : Optional.of(byUnit))
        .map(key -> targeting(outcomes, key, arms));
  }

  private static Targeting targeting(Outcomes outcomes, BucketKey key, List<List<Object>> arms) {
    Optional<Distribution> distribution = Distribution.of(arms);
    return distribution.isPresent()
        ? new FractionalTargeting(outcomes, key, distribution.get())
        : new Targeting.Static(outcomes.byDefault());
  }

  private static Optional<List<Object>> arm(JsonNode written) {
    if (!written.isArray()) {
      return Optional.empty();
    }
    List<Object> arm = new ArrayList<>();
    for (JsonNode element : written) {
      if (element.isContainerNode()) {
        return Optional.empty();
      }
      arm.add(scalar(element));
    }
    return Optional.of(arm);
  }

  private static Object scalar(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.textValue();
  }

  private static Optional<BucketKey> key(String flag, JsonNode written) {
    if (written.isNull()) {
      return Optional.of(new BucketKey(null, "", false));
    }
    if (written.size() == 1 && written.path("cat").isArray()) {
      return concatenated(flag, written.get("cat"));
    }
    return variable(written).flatMap(VariablePath::of).map(path -> new BucketKey(path, "", false));
  }

  private static Optional<BucketKey> concatenated(String flag, JsonNode parts) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < parts.size() - 1; i++) {
      JsonNode part = parts.get(i);
      if (part.isTextual()) {
        prefix.append(part.textValue());
      } else if (variable(part).equals(Optional.of(FlagContext.FLAGD + ".flagKey"))) {
        prefix.append(flag);
      } else {
        return Optional.empty();
      }
    }
    return variable(parts.path(parts.size() - 1))
        .flatMap(VariablePath::of)
        .map(path -> new BucketKey(path, prefix.toString(), true));
  }

  /** The name of {@code {"var": name}} or {@code {"var": [name]}}, without a default. */
  private static Optional<String> variable(JsonNode written) {
    if (!written.isObject() || written.size() != 1) {
      return Optional.empty();
    }
    JsonNode name = written.path("var");
    if (name.isArray() && name.size() == 1) {
      name = name.get(0);
    }
    return Optional.ofNullable(name.textValue());
  }
}
