package dev.thalweg.cli.demo;

/** Spreads the bits of a number over all of it. */
final class Mixing {

  private Mixing() {}

  /** The finalizer of splitmix64. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
