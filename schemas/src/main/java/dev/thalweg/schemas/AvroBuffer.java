package dev.thalweg.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A growing buffer that writes Avro's binary encoding. Reused: {@link #reset()} keeps the memory.
 * Not thread safe.
 *
 * <p>Each method appends one value in the encoding of the Avro 1.11 specification, "Binary
 * Encoding".
 */
public final class AvroBuffer {
  private static final int LARGEST_KEPT = 1 << 20;

  private byte[] bytes = new byte[512];
  private int length;

  /** Empties it; memory above 1 MiB is given back. */
  public AvroBuffer reset() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[512];
    }
    return this;
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends the ten bytes that open a single-object encoded value. */
  public AvroBuffer header(long fingerprint) {
    reserve(SingleObject.HEADER_LENGTH);
    length = SingleObject.writeHeader(bytes, length, fingerprint);
    return this;
  }

  /** Appends the five bytes that open a value in a registry's wire format. */
  public AvroBuffer registryHeader(int id) {
    reserve(WireFormat.HEADER_LENGTH);
    length = WireFormat.writeHeader(bytes, length, id);
    return this;
  }

  /**
   * Appends what opens a value: in a registry's wire format where the schema has an id there, else
   * in single-object encoding.
   *
   * @param fingerprint of the schema
   * @param schemaId of the schema in the registry, or {@link SchemaRegistry#NO_ID}
   */
  public AvroBuffer header(long fingerprint, int schemaId) {
    return schemaId == SchemaRegistry.NO_ID ? header(fingerprint) : registryHeader(schemaId);
  }

  /** Appends bytes as they are, without a length. */
  public AvroBuffer raw(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends an int or long (also a union's branch, or a count). */
  public AvroBuffer number(long value) {
    reserve(10);
    long zigZag = (value << 1) ^ (value >> 63);
    while ((zigZag & ~0x7FL) != 0) {
      bytes[length++] = (byte) (zigZag | 0x80);
      zigZag >>>= 7;
    }
    bytes[length++] = (byte) zigZag;
    return this;
  }

  /** Appends a double. */
  public AvroBuffer number(double value) {
    return littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
  }

  /** Appends a float. */
  public AvroBuffer number(float value) {
    return littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
  }

  private AvroBuffer littleEndian(long bits, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) (bits >>> (8 * i));
    }
    return this;
  }

  /** Appends a boolean. */
  public AvroBuffer bool(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (value ? 1 : 0);
    return this;
  }

  /** Appends bytes with their length. */
  public AvroBuffer bytes(byte[] value) {
    return number(value.length).raw(value, 0, value.length);
  }

  /** Appends text; lone surrogates are written as question marks. */
  public AvroBuffer text(String value) {
    int chars = value.length();
    for (int i = 0; i < chars; i++) {
      if (value.charAt(i) >= 0x80) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
      }
    }
    number(chars);
    reserve(chars);
    for (int i = 0; i < chars; i++) {
      bytes[length++] = (byte) value.charAt(i);
    }
    return this;
  }

  /** Appends a nullable text: the union's branch, and the text if there is one. */
  public AvroBuffer textOrNull(String value) {
    return value == null ? number(0) : number(1).text(value);
  }

  /** Appends a map of text in its iteration order; null counts as empty. */
  public AvroBuffer textMap(Map<String, String> map) {
    if (map != null && !map.isEmpty()) {
      number(map.size());
      map.forEach((name, value) -> text(name).text(value));
    }
    return number(0);
  }

  /** A block of a map, without the end of the map; other blocks or the end must follow. */
  byte[] mapBlock(Map<String, String> entries) {
    reset().textMap(entries);
    return Arrays.copyOf(bytes, length - 1);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
