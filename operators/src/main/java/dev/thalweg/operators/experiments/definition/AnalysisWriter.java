package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Writes definitions for those who analyse; what is none or empty is left out. */
final class AnalysisWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AnalysisWriter() {}

  static ObjectNode of(ExperimentDefinition definition) {
    ObjectNode object =
        JSON.objectNode()
            .put("experiment", definition.experiment())
            .put("version", definition.version())
            .put("phase", definition.phase())
            .put("owner", definition.owner())
            .put("effective_from", Instant.ofEpochMilli(definition.effectiveFrom()).toString());
    if (definition.stop() != ExperimentDefinition.NEVER) {
      object.put("stop", Instant.ofEpochMilli(definition.stop()).toString());
    }
    addDesign(object, definition.design());
    addDecisions(object, definition);
    return object;
  }

  private static void addDesign(ObjectNode object, Design design) {
    Allocation allocation = design.allocation();
    object.put("unit", allocation.unit());
    ArrayNode variants = object.putArray("variants");
    for (Variant variant : allocation.variants()) {
      variants.addObject().put("name", variant.name()).put("weight", variant.weight());
    }
    object
        .put("baseline", allocation.baseline())
        .put("salt", allocation.salt())
        .put("assignment", allocation.bucketing().id());
    if (!allocation.targeting().isEmpty()) {
      object.set("targeting", TargetingText.node(allocation.targeting()));
    }
    ObjectNode exposure = object.putObject("exposure").put("event", design.exposure().event());
    addText(exposure, "valid_if", design.exposure().validIf());
    object.put("crossover", label(design.crossover()));
    ArrayNode metrics = object.putArray("metrics");
    design.metrics().forEach(metric -> addMetric(metrics.addObject(), metric));
    if (!design.routing().routes().isEmpty()) {
      ObjectNode routes = object.putObject("routes");
      for (Map.Entry<String, String> route : design.routing().routes().entrySet()) {
        routes.put(route.getKey(), route.getValue());
      }
      ArrayNode events = object.putArray("routed_events");
      design.routing().events().forEach(events::add);
    }
  }

  private static void addMetric(ObjectNode object, OutcomeMetric metric) {
    object.put("name", metric.name()).put("kind", label(metric.kind()));
    addOutcome(object, metric.outcome());
    metric.denominator().ifPresent(per -> addOutcome(object.putObject("per"), per));
    addSpan(object, "delay", metric.delay());
    addSpan(object, "window", metric.window());
    Winsorization bounds = metric.bounds();
    if (bounds.high() != Double.POSITIVE_INFINITY) {
      object.put("cap", bounds.high());
    }
    if (bounds.low() != Double.NEGATIVE_INFINITY) {
      object.put("floor", bounds.low());
    }
    addSpan(object, "cuped", metric.cuped());
  }

  private static void addOutcome(ObjectNode object, Outcome outcome) {
    object.put("event", outcome.event());
    addText(object, "where", outcome.where());
    addText(object, "of", outcome.of());
  }

  /** All that a decision follows from besides the numbers. */
  static void addDecisions(ObjectNode object, ExperimentDefinition definition) {
    ArrayNode guardrails = object.putArray("guardrails");
    for (Guardrail guardrail : definition.guardrails()) {
      guardrails
          .addObject()
          .put("metric", guardrail.metric())
          .put("tolerance", guardrail.tolerance());
    }
    object
        .putObject("statistics")
        .put("alpha", definition.statistics().alpha())
        .put("tuning", definition.statistics().tuning());
    DecisionPolicy policy = definition.policy();
    ObjectNode written =
        object
            .putObject("policy")
            .put("minimum_units", policy.minimumUnits())
            .put("minimum_time", policy.minimumTime().toString())
            .put("ship", label(policy.ship()))
            .put("rollback", label(policy.rollback()));
    if (!policy.ramp().isEmpty()) {
      ArrayNode ramp = written.putArray("ramp");
      for (RampStep step : policy.ramp()) {
        ramp.addObject().put("share", step.share()).put("hold", step.hold().toString());
      }
    }
  }

  private static void addText(ObjectNode object, String key, String text) {
    if (!text.isEmpty()) {
      object.put(key, text);
    }
  }

  private static void addSpan(ObjectNode object, String key, Duration span) {
    if (!span.isZero()) {
      object.put(key, span.toString());
    }
  }

  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
