package dev.thalweg.operators.experiments.flags;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** All that evaluating one flag can come to, made once. Immutable. */
final class Outcomes {
  private final String flag;
  private final String defaultVariant;
  private final Evaluation byDefault;
  private final Map<String, Evaluation> matches = new HashMap<>();

  /**
   * The outcomes of a flag.
   *
   * @param flag its key
   * @param defaultVariant null where it has none
   */
  Outcomes(String flag, Collection<String> variants, String defaultVariant) {
    this.flag = flag;
    this.defaultVariant = defaultVariant;
    this.byDefault = Evaluation.of(defaultVariant, Reason.DEFAULT);
    variants.forEach(
        variant -> matches.put(variant, Evaluation.of(variant, Reason.TARGETING_MATCH)));
  }

  String flag() {
    return flag;
  }

  /** There is no rule. */
  Evaluation withoutRule() {
    return defaultVariant == null ? byDefault : Evaluation.of(defaultVariant, Reason.STATIC);
  }

  /** The rule names nothing. */
  Evaluation byDefault() {
    return byDefault;
  }

  /** What a rule came to: null names nothing, booleans and numbers name variants as printed. */
  Evaluation of(Object result) {
    if (result == null) {
      return byDefault;
    }
    String variant = Printed.of(result);
    Evaluation match = matches.get(variant);
    return match != null
        ? match
        : Evaluation.error(
            ErrorCode.GENERAL,
            "flag " + Quoted.of(flag) + ", targeting: no variant " + Quoted.of(variant));
  }

  /** The rule cannot be evaluated. */
  Evaluation broken(String why) {
    return Evaluation.error(
        ErrorCode.PARSE_ERROR, "flag " + Quoted.of(flag) + ", targeting: " + why);
  }
}
