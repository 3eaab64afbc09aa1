package dev.thalweg.operators.experiments.assignment;

/**
 * FNV-1a of the UTF-8 of strings (Fowler, Noll, Vo; draft-eastlake-fnv). Allocates nothing; linear
 * in the length.
 */
public final class Fnv1a {
  private static final int BASIS_32 = 0x811c9dc5;
  private static final int PRIME_32 = 0x01000193;
  private static final long BASIS_64 = 0xcbf29ce484222325L;
  private static final long PRIME_64 = 0x100000001b3L;

  private Fnv1a() {}

  /** The hash of a string; read it as unsigned. */
  public static int hash32(String text) {
    return hash32("", text);
  }

  /** The hash of {@code first + second}; read it as unsigned. */
  public static int hash32(String first, String second) {
    int units = first.length() + second.length();
    int hash = BASIS_32;
    for (int at = 0; at < units; ) {
      int codePoint = Utf8.codePoint(first, second, at);
      at += Character.charCount(codePoint);
      int bytes = Utf8.bytes(codePoint);
      for (int left = Utf8.length(codePoint); left > 0; left--) {
        hash = (hash ^ (bytes & 0xFF)) * PRIME_32;
        bytes >>>= 8;
      }
    }
    return hash;
  }

  /** The hash of the decimal digits of an unsigned number; read it as unsigned. */
  static int hash32OfDigits(int number) {
    long rest = Integer.toUnsignedLong(number);
    long place = 1;
    while (rest / place >= 10) {
      place *= 10;
    }
    int hash = BASIS_32;
    for (; place > 0; place /= 10) {
      hash = (hash ^ (int) ('0' + rest / place)) * PRIME_32;
      rest %= place;
    }
    return hash;
  }

  /** The 64-bit hash of a string; read it as unsigned. */
  public static long hash64(String text) {
    long hash = BASIS_64;
    for (int at = 0; at < text.length(); ) {
      int codePoint = Utf8.codePoint("", text, at);
      at += Character.charCount(codePoint);
      int bytes = Utf8.bytes(codePoint);
      for (int left = Utf8.length(codePoint); left > 0; left--) {
        hash = (hash ^ (bytes & 0xFF)) * PRIME_64;
        bytes >>>= 8;
      }
    }
    return hash;
  }
}
