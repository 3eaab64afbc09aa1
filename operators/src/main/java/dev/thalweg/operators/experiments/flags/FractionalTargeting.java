package dev.thalweg.operators.experiments.flags;

import dev.thalweg.operators.experiments.assignment.Murmur3;
import dev.thalweg.operators.experiments.assignment.Weights;

/**
 * A rule that is a fractional over fixed arms, evaluated without JSON-logic: a hash and a walk over
 * the arms. It comes to what {@link FractionalOperation} comes to. Allocates nothing but the text
 * of a number that is hashed.
 */
final class FractionalTargeting implements Targeting {
  private final Outcomes outcomes;
  private final BucketKey key;
  private final Weights weights;
  private final Evaluation[] arms;

  FractionalTargeting(Outcomes outcomes, BucketKey key, Distribution distribution) {
    this.outcomes = outcomes;
    this.key = key;
    this.weights = distribution.weights();
    this.arms = distribution.variants().stream().map(outcomes::of).toArray(Evaluation[]::new);
  }

  @Override
  public Evaluation evaluate(FlagContext context) {
    String head = "";
    String tail = null;
    Object value = key.path() == null ? null : key.path().value(context);
    if (key.isConcatenated()) {
      head = key.prefix();
      tail = Printed.of(value);
    } else if (value == null) {
      head = outcomes.flag();
      tail = context.targetingKey();
    } else if (value instanceof String text) {
      tail = text;
    }
    return tail == null ? outcomes.byDefault() : arms[weights.arm(Murmur3.hash32(head, tail, 0))];
  }

  /**
   * What is hashed.
   *
   * @param path of the variable; null for the flag's key and the targeting key
   * @param prefix what is put before the variable
   * @param isConcatenated whether the variable is printed, whatever it is, rather than taken as it
   *     is if it is a string
   */
  record BucketKey(VariablePath path, String prefix, boolean isConcatenated) {}
}
