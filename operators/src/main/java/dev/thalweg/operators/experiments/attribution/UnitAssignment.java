package dev.thalweg.operators.experiments.attribution;

import java.util.Objects;

/**
 * That a unit entered a phase of an experiment: told once, with its first exposure to come in.
 *
 * @param unit the kind of unit and its value, such as {@code user_id=u1}
 * @param experiment the experiment
 * @param phase from 1 on
 * @param variant as it was exposed to
 * @param exposedAt when, event time in epoch milliseconds
 * @param arrival when the exposure came in, epoch milliseconds
 */
public record UnitAssignment(
    String unit, String experiment, int phase, String variant, long exposedAt, long arrival) {
  /** Refuses missing parts. */
  public UnitAssignment {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(variant, "variant");
  }
}
