package dev.thalweg.operators.experiments.assignment;

import java.util.Optional;

/**
 * GrowthBook's hash of a unit, a number in [0, 1) ("Build Your Own SDK", docs.growthbook.io), over
 * UTF-8. GrowthBook's own libraries agree with one another on ASCII alone: that for JavaScript
 * hashes UTF-16 units.
 */
public enum GrowthBookHash {
  /** FNV-1a 32 of value and seed, in thousandths. Known to correlate between experiments. */
  V1 {
    @Override
    public double hash(String seed, String value) {
      return Integer.remainderUnsigned(Fnv1a.hash32(value, seed), 1_000) / 1_000.0;
    }
  },

  /** FNV-1a 32 of the decimal digits of the FNV-1a 32 of seed and value, in ten-thousandths. */
  V2 {
    @Override
    public double hash(String seed, String value) {
      int inner = Fnv1a.hash32(seed, value);
      return Integer.remainderUnsigned(Fnv1a.hash32OfDigits(inner), 10_000) / 10_000.0;
    }
  };

  /** The place of a value on the line from 0 to 1. Allocates nothing. */
  public abstract double hash(String seed, String value);

  /** The hash of GrowthBook's {@code hashVersion}; empty where it knows none. */
  public static Optional<GrowthBookHash> ofVersion(int version) {
    return switch (version) {
      case 1 -> Optional.of(V1);
      case 2 -> Optional.of(V2);
      default -> Optional.empty();
    };
  }
}
