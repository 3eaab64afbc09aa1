package dev.thalweg.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Random identifiers. */
final class Ids {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS_OF_LONG = 16;

  private final SplittableRandom random;

  Ids(SplittableRandom random) {
    this.random = random;
  }

  /** 128 bits in hexadecimal. */
  String next() {
    byte[] digits = new byte[2 * DIGITS_OF_LONG];
    write(random.nextLong(), digits, 0);
    write(random.nextLong(), digits, DIGITS_OF_LONG);
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  /** 64 bits in hexadecimal. */
  String nextShort() {
    byte[] digits = new byte[DIGITS_OF_LONG];
    write(random.nextLong(), digits, 0);
    return new String(digits, StandardCharsets.ISO_8859_1);
  }

  private static void write(long value, byte[] digits, int at) {
    for (int i = 0; i < DIGITS_OF_LONG; i++) {
      digits[at + i] = HEX[(int) (value >>> (4 * (DIGITS_OF_LONG - 1 - i))) & 15];
    }
  }
}
