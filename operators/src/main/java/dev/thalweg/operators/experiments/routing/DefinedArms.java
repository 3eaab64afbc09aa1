package dev.thalweg.operators.experiments.routing;

import dev.thalweg.operators.experiments.assignment.Assignment;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.flags.Evaluation;
import dev.thalweg.operators.experiments.flags.FlagContext;
import dev.thalweg.operators.experiments.flags.FlagDocument;
import dev.thalweg.operators.experiments.flags.Printed;
import dev.thalweg.operators.experiments.flags.Reason;

/**
 * The arms of a definition: of those that its rule names, each unit has the one that its hash falls
 * on. That is what the definition's flag comes to where flagd has the hash; only the rule goes
 * through JSON-logic, and where there is none nothing but a number as unit allocates.
 */
final class DefinedArms implements ArmRule {
  private static final String NAMED = "named";

  private final String flag;
  private final String unit;
  private final boolean isFlagd;
  private final FlagDocument audience;
  private final Assignment assignment;

  DefinedArms(ExperimentDefinition definition) {
    Allocation allocation = definition.design().allocation();
    flag = definition.experiment();
    unit = allocation.unit();
    isFlagd = allocation.bucketing() == Bucketing.FLAGD_FRACTIONAL_V2;
    audience = allocation.targeting().isEmpty() ? null : audience(flag, allocation.targeting());
    assignment = allocation.assignment();
  }

  /** A flag that is on for whom the rule names; it has the experiment's name, as rules see it. */
  private static FlagDocument audience(String flag, String rule) {
    return FlagDocument.parse(
        """
        {"flags": {"%s": {"state": "ENABLED", "variants": {"%s": true}, "defaultVariant": null,
         "targeting": {"if": [%s, "%s", null]}}}}
        """
            .formatted(flag, NAMED, rule, NAMED));
  }

  @Override
  public int arm(EventFields event) {
    String key = key(event.get(unit));
    if (key.isEmpty()) {
      return NONE;
    }
    if (audience != null) {
      Evaluation named = audience.evaluate(flag, new FlagContext(key, event, event.time()));
      if (named.variant() == null) {
        return named.reason() == Reason.ERROR ? FAILED : NONE;
      }
    }
    return assignment.arm(key);
  }

  /**
   * What is hashed; empty for what is no unit: absent, a fraction, or what rules take for false.
   */
  private String key(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Long number && number != 0) {
      return isFlagd ? Printed.of(number) : number.toString();
    }
    return Boolean.TRUE.equals(value) ? "true" : "";
  }
}
