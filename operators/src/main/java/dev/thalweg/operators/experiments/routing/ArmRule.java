package dev.thalweg.operators.experiments.routing;

/** Finds the arm that the unit of an event has by a version of an experiment. */
@FunctionalInterface
interface ArmRule {
  /** It takes no part: it is no unit, or the rule does not name it. */
  int NONE = -1;

  /** The rule failed. */
  int FAILED = -2;

  /** The place of the arm, from 0; {@link #NONE} or {@link #FAILED} where there is none. */
  int arm(EventFields event);
}
