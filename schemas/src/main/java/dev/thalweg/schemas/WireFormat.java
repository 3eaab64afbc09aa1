package dev.thalweg.schemas;

/**
 * The wire format of schema registries: the byte 0, the schema's id in four bytes big-endian, then
 * the binary value.
 */
public final class WireFormat {
  /** Bytes before the value. */
  public static final int HEADER_LENGTH = 5;

  private WireFormat() {}

  /** Whether the bytes begin with the marker. */
  public static boolean isMarked(byte[] bytes) {
    return bytes.length >= 1 && bytes[0] == 0;
  }

  /**
   * The id of the schema that the value was written with.
   *
   * @throws ArrayIndexOutOfBoundsException if there are fewer than {@value #HEADER_LENGTH} bytes
   */
  public static int id(byte[] bytes) {
    return (bytes[1] & 0xFF) << 24
        | (bytes[2] & 0xFF) << 16
        | (bytes[3] & 0xFF) << 8
        | (bytes[4] & 0xFF);
  }

  static int writeHeader(byte[] bytes, int at, int id) {
    bytes[at] = 0;
    bytes[at + 1] = (byte) (id >>> 24);
    bytes[at + 2] = (byte) (id >>> 16);
    bytes[at + 3] = (byte) (id >>> 8);
    bytes[at + 4] = (byte) id;
    return at + HEADER_LENGTH;
  }
}
