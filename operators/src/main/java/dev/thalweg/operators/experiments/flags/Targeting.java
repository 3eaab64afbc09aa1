package dev.thalweg.operators.experiments.flags;

import java.util.Objects;

/** A flag's rule, compiled once. Thread safe. */
sealed interface Targeting permits Targeting.Static, FractionalTargeting, JsonLogicTargeting {
  /** What the rule comes to. Throws nothing. */
  Evaluation evaluate(FlagContext context);

  /** The same for everybody: no rule, a flag that is disabled, a rule that cannot be read. */
  record Static(Evaluation evaluation) implements Targeting {
    /** Refuses null. */
    public Static {
      Objects.requireNonNull(evaluation);
    }

    @Override
    public Evaluation evaluate(FlagContext context) {
      return evaluation;
    }
  }
}
