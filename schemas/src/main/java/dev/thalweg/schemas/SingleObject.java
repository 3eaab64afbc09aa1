package dev.thalweg.schemas;

/**
 * Avro's single-object encoding: the two bytes {@code C3 01}, the schema's fingerprint in eight
 * bytes little-endian, then the binary value.
 */
public final class SingleObject {
  /** Bytes before the value. */
  public static final int HEADER_LENGTH = 10;

  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = 0x01;

  private SingleObject() {}

  /** Whether the bytes begin with the marker. */
  public static boolean isMarked(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == MARKER_0 && bytes[1] == MARKER_1;
  }

  /**
   * The fingerprint of the schema the value was written with.
   *
   * @throws ArrayIndexOutOfBoundsException if there are fewer than {@value #HEADER_LENGTH} bytes
   */
  public static long fingerprint(byte[] bytes) {
    long fingerprint = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      fingerprint |= (bytes[2 + i] & 0xFFL) << (8 * i);
    }
    return fingerprint;
  }

  static int writeHeader(byte[] bytes, int at, long fingerprint) {
    bytes[at] = MARKER_0;
    bytes[at + 1] = MARKER_1;
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[at + 2 + i] = (byte) (fingerprint >>> (8 * i));
    }
    return at + HEADER_LENGTH;
  }
}
