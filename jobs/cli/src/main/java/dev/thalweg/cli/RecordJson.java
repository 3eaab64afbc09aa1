package dev.thalweg.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SingleObject;
import dev.thalweg.schemas.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Shows the value of a record as a JSON object, whatever it is. Not thread safe. */
public final class RecordJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractCatalog contracts;
  private final Map<Schema, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private final WriterSchemas registered;
  private BinaryDecoder decoder;

  /** Reads by these contracts. */
  public RecordJson(ContractCatalog contracts) {
    this(contracts, null);
  }

  /** Reads by these contracts, and by the schemas of a registry; null for none. */
  public RecordJson(ContractCatalog contracts, SchemaRegistry registry) {
    this.contracts = contracts;
    this.registered = new WriterSchemas(registry);
  }

  /**
   * The value as an object; bytes that nobody can read as base64.
   *
   * @throws dev.thalweg.schemas.SchemaRegistryException if the registry must be asked, and gives no
   *     answer
   */
  public ObjectNode read(byte[] value) {
    if (value == null) {
      return JSON.createObjectNode().putNull("bytes");
    }
    ObjectNode object;
    if (WireFormat.isMarked(value)) {
      object = registered(value);
    } else {
      object = SingleObject.isMarked(value) ? avro(value) : json(value);
    }
    return object == null ? JSON.createObjectNode().put("bytes", base64(value)) : object;
  }

  private ObjectNode avro(byte[] value) {
    if (value.length < SingleObject.HEADER_LENGTH) {
      return null;
    }
    long fingerprint = SingleObject.fingerprint(value);
    Contract contract = contracts.byCanonicalFingerprint(fingerprint);
    if (contract != null) {
      return avro(value, SingleObject.HEADER_LENGTH, contract.canonicalSchema(), contract);
    }
    contract = contracts.byFingerprint(fingerprint);
    return contract == null
        ? null
        : avro(value, SingleObject.HEADER_LENGTH, contract.schema(), contract);
  }

  private ObjectNode registered(byte[] value) {
    Schema schema =
        value.length < WireFormat.HEADER_LENGTH ? null : registered.find(WireFormat.id(value));
    return schema == null
        ? null
        : avro(value, WireFormat.HEADER_LENGTH, schema, contractOf(schema));
  }

  /** The contract whose schema, or canonical schema, it is; null if nobody knows it. */
  private Contract contractOf(Schema schema) {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    Contract contract = contracts.byCanonicalFingerprint(fingerprint);
    return contract == null ? contracts.byFingerprint(fingerprint) : contract;
  }

  private ObjectNode avro(byte[] value, int start, Schema schema, Contract contract) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(value, start, value.length - start, decoder);
      GenericRecord record =
          readers.computeIfAbsent(schema, GenericDatumReader::new).read(null, decoder);
      ObjectNode object = JSON.createObjectNode();
      if (contract != null && contract.isEvent()) {
        object.put("event_type", contract.type());
      }
      addFields(record, object);
      return object;
    } catch (IOException | AvroRuntimeException | ArrayIndexOutOfBoundsException e) {
      return null;
    }
  }

  private static void addFields(GenericRecord record, ObjectNode object) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object content = record.get(field.pos());
      if (content != null) {
        object.set(field.name(), node(content, field.schema()));
      }
    }
  }

  private static JsonNode node(Object content, Schema schema) {
    if (content == null) {
      return JSON.getNodeFactory().nullNode();
    }
    if (schema.isUnion()) {
      return node(content, schema.getTypes().get(GenericData.get().resolveUnion(schema, content)));
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
    if (content instanceof GenericRecord record) {
      ObjectNode object = JSON.createObjectNode();
      addFields(record, object);
      return object;
    }
    if (content instanceof Collection<?> items) {
      ArrayNode array = JSON.createArrayNode();
      items.forEach(item -> array.add(node(item, schema.getElementType())));
      return array;
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
