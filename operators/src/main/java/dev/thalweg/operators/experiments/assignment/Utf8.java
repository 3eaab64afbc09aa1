package dev.thalweg.operators.experiments.assignment;

/**
 * The UTF-8 bytes of one string followed by another, without making them. A surrogate without its
 * partner is {@code '?'}, as {@link String#getBytes(java.nio.charset.Charset)} writes it; a pair
 * that the two strings share is one code point.
 */
final class Utf8 {
  private Utf8() {}

  /** The code point at a place of {@code first + second}. It takes two places from U+10000 on. */
  static int codePoint(String first, String second, int at) {
    char unit = unit(first, second, at);
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    if (Character.isHighSurrogate(unit) && at + 1 < first.length() + second.length()) {
      char next = unit(first, second, at + 1);
      if (Character.isLowSurrogate(next)) {
        return Character.toCodePoint(unit, next);
      }
    }
    return '?';
  }

  private static char unit(String first, String second, int at) {
    int length = first.length();
    return at < length ? first.charAt(at) : second.charAt(at - length);
  }

  /** How many bytes a code point takes. */
  static int length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** The bytes of a code point, the first one lowest. */
  static int bytes(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint;
    }
    int last = 0x80 | (codePoint & 0x3F);
    if (codePoint < 0x800) {
      return 0xC0 | (codePoint >>> 6) | (last << 8);
    }
    int third = 0x80 | ((codePoint >>> 6) & 0x3F);
    if (codePoint < 0x10000) {
      return 0xE0 | (codePoint >>> 12) | (third << 8) | (last << 16);
    }
    int second = 0x80 | ((codePoint >>> 12) & 0x3F);
    return 0xF0 | (codePoint >>> 18) | (second << 8) | (third << 16) | (last << 24);
  }
}
