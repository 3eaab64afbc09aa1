package dev.thalweg.schemas.testkit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * One event as a producer would send it, in either encoding. Values are {@code String}, {@code
 * Number}, {@code Boolean}, {@code byte[]} or null; a timestamp is a number or an ISO-8601 text.
 */
public final class TestEvent {
  private final Contract contract;
  private final Map<String, String> json = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  TestEvent(Contract contract) {
    this.contract = contract;
    json.put("event_type", quoted(contract.type()));
  }

  /** The contract it is written for. */
  public Contract contract() {
    return contract;
  }

  /** Sets an attribute. */
  public TestEvent with(String name, Object value) {
    values.put(name, value);
    json.put(name, jsonOf(value));
    return this;
  }

  /** Sets an attribute to that piece of JSON, which may be anything; {@link #toAvro} ignores it. */
  public TestEvent withJson(String name, String text) {
    json.put(name, text);
    return this;
  }

  /** Leaves an attribute out. */
  public TestEvent without(String name) {
    values.remove(name);
    json.remove(name);
    return this;
  }

  /** The value of an attribute, or null. */
  public Object get(String name) {
    return values.get(name);
  }

  /** As a JSON object, attributes in the order they were set. */
  public String toJson() {
    StringJoiner out = new StringJoiner(",", "{", "}");
    json.forEach((name, text) -> out.add(quoted(name) + ":" + text));
    return out.toString();
  }

  /** As a JSON object in UTF-8. */
  public byte[] toJsonBytes() {
    return toJson().getBytes(StandardCharsets.UTF_8);
  }

  /** In single-object encoding, by Avro's own encoder. */
  public byte[] toAvro() {
    try {
      ByteBuffer bytes =
          new BinaryMessageEncoder<GenericRecord>(GenericData.get(), contract.schema())
              .encode(toRecord());
      byte[] out = new byte[bytes.remaining()];
      bytes.get(out);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The binary value alone, by Avro's own writer. */
  public byte[] toAvroValue() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(contract.schema()).write(toRecord(), encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Avro's generic record; attributes left out or null take the schema's defaults. */
  public GenericRecord toRecord() {
    GenericRecord out = new GenericData.Record(contract.schema());
    for (ContractField field : contract.fields()) {
      Object value = values.get(field.name());
      out.put(
          field.name(),
          value == null
              ? GenericData.get().getDefaultValue(contract.schema().getField(field.name()))
              : avroOf(field.type(), value));
    }
    return out;
  }

  private static Object avroOf(FieldType type, Object value) {
    return switch (type) {
      case INT -> ((Number) value).intValue();
      case LONG -> ((Number) value).longValue();
      case TIMESTAMP ->
          value instanceof String text
              ? (Object) Instant.parse(text).toEpochMilli()
              : ((Number) value).longValue();
      case FLOAT -> ((Number) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case BYTES -> ByteBuffer.wrap((byte[]) value);
      case STRING, BOOLEAN, STRING_MAP -> value;
    };
  }

  private static String jsonOf(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    return value instanceof byte[] bytes
        ? quoted(Base64.getEncoder().encodeToString(bytes))
        : String.valueOf(value);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
