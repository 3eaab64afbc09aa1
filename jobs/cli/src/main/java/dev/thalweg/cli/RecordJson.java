package dev.thalweg.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Shows the value of a record as a JSON object, whatever it is. Not thread safe. */
public final class RecordJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractCatalog contracts;
  private final Map<Schema, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  /** Reads by these contracts. */
  public RecordJson(ContractCatalog contracts) {
    this.contracts = contracts;
  }

  /** The value as an object; bytes that nobody can read as base64. */
  public ObjectNode read(byte[] value) {
    if (value == null) {
      return JSON.createObjectNode().putNull("bytes");
    }
    ObjectNode object = SingleObject.isMarked(value) ? avro(value) : json(value);
    return object == null ? JSON.createObjectNode().put("bytes", base64(value)) : object;
  }

  private ObjectNode avro(byte[] value) {
    if (value.length < SingleObject.HEADER_LENGTH) {
      return null;
    }
    long fingerprint = SingleObject.fingerprint(value);
    Contract contract = contracts.byCanonicalFingerprint(fingerprint);
    if (contract != null) {
      return avro(value, contract.canonicalSchema(), contract);
    }
    contract = contracts.byFingerprint(fingerprint);
    return contract == null ? null : avro(value, contract.schema(), contract);
  }

  private ObjectNode avro(byte[] value, Schema schema, Contract contract) {
    try {
      int start = SingleObject.HEADER_LENGTH;
      decoder = DecoderFactory.get().binaryDecoder(value, start, value.length - start, decoder);
      GenericRecord record =
          readers.computeIfAbsent(schema, GenericDatumReader::new).read(null, decoder);
      ObjectNode object = JSON.createObjectNode();
      if (contract.isEvent()) {
        object.put("event_type", contract.type());
      }
      for (Schema.Field field : schema.getFields()) {
        Object content = record.get(field.pos());
        if (content != null) {
          object.set(field.name(), node(content, field.schema()));
        }
      }
      return object;
    } catch (IOException | AvroRuntimeException | ArrayIndexOutOfBoundsException e) {
      return null;
    }
  }

  private static JsonNode node(Object content, Schema schema) {
    if (schema.isUnion()) {
      return schema.getTypes().stream()
          .filter(type -> type.getType() != Schema.Type.NULL)
          .findFirst()
          .map(type -> node(content, type))
          .orElseThrow();
    }
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return JSON.getNodeFactory().textNode(Instant.ofEpochMilli((Long) content).toString());
    }
    if (content instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return JSON.getNodeFactory().textNode(base64(copy));
    }
    if (content instanceof Map<?, ?> map) {
      ObjectNode object = JSON.createObjectNode();
      map.forEach((key, value) -> object.set(key.toString(), node(value, schema.getValueType())));
      return object;
    }
    return content instanceof Number || content instanceof Boolean
        ? JSON.valueToTree(content)
        : JSON.getNodeFactory().textNode(content.toString());
  }

  private static ObjectNode json(byte[] value) {
    try {
      return JSON.readTree(value) instanceof ObjectNode object ? object : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
