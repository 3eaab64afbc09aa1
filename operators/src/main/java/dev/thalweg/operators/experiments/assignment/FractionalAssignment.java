package dev.thalweg.operators.experiments.assignment;

import java.util.Objects;

/**
 * flagd's fractional, version 2: MurmurHash3 x86 32 with seed 0 over salt and unit, on the line of
 * {@link Weights}. With the flag's key as salt it agrees with flagd where a rule names no bucketing
 * value ("Fractional Operation Specification", flagd.dev).
 *
 * @param salt what is put before each unit
 * @param weights shares of the arms
 */
public record FractionalAssignment(String salt, Weights weights) implements Assignment {
  /** Refuses nulls. */
  public FractionalAssignment {
    Objects.requireNonNull(salt);
    Objects.requireNonNull(weights);
  }

  @Override
  public int arm(String unit) {
    return weights.arm(Murmur3.hash32(salt, unit, 0));
  }
}
