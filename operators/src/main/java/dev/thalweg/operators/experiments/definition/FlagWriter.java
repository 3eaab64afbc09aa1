package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.assignment.Bucketing;

/**
 * A definition as a flag document of flagd's. Whoever takes no part gets no variant: there is no
 * default variant, so the application's own default stands. Where flagd has not the hash, the flag
 * has no rule, and so nobody gets a variant from flagd.
 */
final class FlagWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FlagWriter() {}

  static ObjectNode of(ExperimentDefinition definition) {
    Allocation allocation = definition.design().allocation();
    ObjectNode flag = JSON.objectNode().put("state", "ENABLED");
    ObjectNode variants = flag.putObject("variants");
    allocation.variants().forEach(variant -> variants.put(variant.name(), variant.name()));
    flag.putNull("defaultVariant");
    if (allocation.bucketing() == Bucketing.FLAGD_FRACTIONAL_V2) {
      flag.set("targeting", rule(allocation));
    }
    flag.putObject("metadata")
        .put("version", definition.version())
        .put("phase", definition.phase())
        .put("assignment", allocation.bucketing().id());
    ObjectNode document = JSON.objectNode();
    document.putObject("flags").set(definition.experiment(), flag);
    return document;
  }

  /** Without a unit there would be one bucket for all, so that is asked first. */
  private static ObjectNode rule(Allocation allocation) {
    ObjectNode hasUnit = JSON.objectNode();
    hasUnit.putArray("!!").add(variable(allocation.unit()));
    ObjectNode takesPart = hasUnit;
    if (!allocation.targeting().isEmpty()) {
      takesPart = JSON.objectNode();
      takesPart.putArray("and").add(hasUnit).add(TargetingText.node(allocation.targeting()));
    }
    ObjectNode rule = JSON.objectNode();
    rule.putArray("if").add(takesPart).add(fractional(allocation)).addNull();
    return rule;
  }

  private static ObjectNode fractional(Allocation allocation) {
    ObjectNode key = JSON.objectNode();
    key.putArray("cat").add(allocation.salt()).add(variable(allocation.unit()));
    ObjectNode fractional = JSON.objectNode();
    ArrayNode arms = fractional.putArray("fractional").add(key);
    allocation
        .variants()
        .forEach(variant -> arms.addArray().add(variant.name()).add(variant.weight()));
    return fractional;
  }

  private static ObjectNode variable(String name) {
    return JSON.objectNode().put("var", name);
  }
}
