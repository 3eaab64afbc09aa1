package dev.thalweg.cli.input;

import java.util.Arrays;

/**
 * One line of a file, or one record of several lines.
 *
 * @param number of its first line, from 1
 * @param bytes up to the line feed; null where it is longer than anything that can be sent
 * @param length of the line in bytes
 */
record Line(long number, byte[] bytes, long length) {

  boolean tooLong() {
    return bytes == null;
  }

  /** The same without the carriage return that belongs to the line's end. */
  Line withoutCarriageReturn() {
    if (tooLong() || bytes.length == 0 || bytes[bytes.length - 1] != '\r') {
      return this;
    }
    return new Line(number, Arrays.copyOf(bytes, bytes.length - 1), length - 1);
  }
}
