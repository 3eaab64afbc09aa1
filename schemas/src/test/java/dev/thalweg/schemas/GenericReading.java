package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Avro's generic reader as the judge of what bytes mean. */
final class GenericReading {
  private GenericReading() {}

  /** The record that is encoded in {@code bytes[from, to)}, with nothing left over. */
  static GenericRecord read(Schema schema, byte[] bytes, int from, int to) {
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, to - from, null);
      GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
      assertThat(decoder.isEnd()).as("everything read").isTrue();
      return record;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("Avro refuses what was accepted", e);
    }
  }

  /** Fails unless every field under the cursor is what the generic reader reads. */
  static void assertAgrees(EventCursor cursor, byte[] bytes, int from, int to) {
    GenericRecord record = read(cursor.contract().schema(), bytes, from, to);
    for (ContractField field : cursor.contract().fields()) {
      Object expected = plain(record.get(field.name()));
      assertThat(cursor.isNull(field.position())).as(field.name()).isEqualTo(expected == null);
      if (expected != null && field.type() != FieldType.STRING_MAP) {
        assertThat(value(cursor, field)).as(field.name()).isEqualTo(expected);
      }
    }
  }

  static Object value(EventCursor cursor, ContractField field) {
    int i = field.position();
    if (cursor.isNull(i)) {
      return null;
    }
    return switch (field.type()) {
      case STRING -> cursor.text(i);
      case INT -> (int) cursor.longValue(i);
      case LONG, TIMESTAMP -> cursor.longValue(i);
      case FLOAT -> (float) cursor.doubleValue(i);
      case DOUBLE -> cursor.doubleValue(i);
      case BOOLEAN -> cursor.booleanValue(i);
      case BYTES -> ByteBuffer.wrap(cursor.bytes(i));
      case STRING_MAP -> throw new IllegalArgumentException(field.toString());
    };
  }

  /** The map of text that is encoded in those bytes. */
  static Map<?, ?> textMap(byte[] bytes) {
    try {
      Schema map = Schema.createMap(Schema.create(Schema.Type.STRING));
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      Object read = new GenericDatumReader<>(map).read(null, decoder);
      assertThat(decoder.isEnd()).as("everything read").isTrue();
      return (Map<?, ?>) plain(read);
    } catch (IOException e) {
      throw new AssertionError("Avro refuses the map", e);
    }
  }

  /** Avro's text and maps as Java's. */
  static Object plain(Object value) {
    if (value instanceof CharSequence) {
      return value.toString();
    }
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().toString(), e -> e.getValue().toString()))
        : value;
  }
}
