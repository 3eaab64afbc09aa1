package dev.thalweg.operators.experiments.assignment;

/**
 * MurmurHash3 x86 32 of the UTF-8 of strings (Austin Appleby, public domain). Allocates nothing;
 * linear in the length.
 */
public final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  /** The hash of a string; read it as unsigned. */
  public static int hash32(String text, int seed) {
    return hash32("", text, seed);
  }

  /** The hash of {@code first + second}; read it as unsigned. */
  public static int hash32(String first, String second, int seed) {
    int units = first.length() + second.length();
    int hash = seed;
    long buffer = 0;
    int buffered = 0;
    int length = 0;
    for (int at = 0; at < units; ) {
      int codePoint = Utf8.codePoint(first, second, at);
      at += Character.charCount(codePoint);
      buffer |= (Utf8.bytes(codePoint) & 0xFFFFFFFFL) << (8 * buffered);
      int bytes = Utf8.length(codePoint);
      buffered += bytes;
      length += bytes;
      if (buffered >= 4) {
        hash = Integer.rotateLeft(hash ^ mix((int) buffer), 13) * 5 + 0xe6546b64;
        buffer >>>= 32;
        buffered -= 4;
      }
    }
    return finish(hash ^ mix((int) buffer) ^ length);
  }

  private static int mix(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finish(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
