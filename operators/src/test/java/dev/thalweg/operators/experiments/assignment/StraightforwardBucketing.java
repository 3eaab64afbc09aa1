package dev.thalweg.operators.experiments.assignment;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/** The same assignments by the plainest code, which shares nothing with the one under test. */
public final class StraightforwardBucketing {
  private StraightforwardBucketing() {}

  /** flagd's fractional, version 2; -1 where nobody has weight. */
  public static int fractional(String key, long... weights) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    long hash = MurmurHash3.hash32x86(bytes, 0, bytes.length, 0) & 0xFFFFFFFFL;
    long total = 0;
    for (long weight : weights) {
      total += weight;
    }
    long bucket = hash * total / 4_294_967_296L;
    long end = 0;
    for (int arm = 0; arm < weights.length; arm++) {
      end += weights[arm];
      if (bucket < end) {
        return arm;
      }
    }
    return -1;
  }

  /** GrowthBook's hash. */
  static double growthBook(int version, String seed, String value) {
    return version == 1
        ? fnv(value + seed) % 1_000 / 1_000.0
        : fnv(Long.toString(fnv(seed + value))) % 10_000 / 10_000.0;
  }

  private static long fnv(String text) {
    long hash = 2_166_136_261L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = ((hash ^ (b & 0xFF)) * 16_777_619L) & 0xFFFFFFFFL;
    }
    return hash;
  }

  /** GrowthBook's arm, by fractions of 1 laid out one after another. */
  public static int growthBook(int version, String seed, String value, double... shares) {
    double place = growthBook(version, seed, value);
    double start = 0;
    for (int arm = 0; arm < shares.length; arm++) {
      if (place >= start && place < start + shares[arm]) {
        return arm;
      }
      start += shares[arm];
    }
    return -1;
  }
}
