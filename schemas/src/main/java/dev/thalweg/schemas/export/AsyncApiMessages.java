package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.CoreFields;
import java.util.List;
import org.apache.avro.Schema;

/** Messages of AsyncAPI documents. */
final class AsyncApiMessages {
  private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";
  private static final String JSON = "application/schema+json;version=draft-07";

  private AsyncApiMessages() {}

  /** An event in JSON, as producers send it. */
  static ObjectNode json(Contract event, boolean newest) {
    ObjectNode schema = JsonSchemas.edge(event, newest);
    // AsyncAPI's tools read draft 7. The schema means the same there; only its head says otherwise.
    schema.remove(List.of("$schema", "$id"));
    ObjectNode message = message(event, "JSON", "application/json", payload(JSON, schema));
    putCorrelation(message, event);
    return message;
  }

  /** An event in Avro, as producers send it. */
  static ObjectNode avro(Contract event) {
    ObjectNode message = avro(event, event.schema(), event.fingerprint());
    putCorrelation(message, event);
    return message;
  }

  /** An accepted event. */
  static ObjectNode canonical(Contract event) {
    ObjectNode message = avro(event, event.canonicalSchema(), event.canonicalFingerprint());
    putCorrelation(message, event);
    return message;
  }

  /** An internal record. */
  static ObjectNode record(Contract contract) {
    return avro(contract, contract.schema(), contract.fingerprint());
  }

  private static ObjectNode avro(Contract contract, Schema schema, long fingerprint) {
    return message(contract, "Avro", "avro/binary", payload(AVRO, JsonTree.of(schema)))
        .put("x-encoding", "single-object")
        .put("x-fingerprint", "%016x".formatted(fingerprint));
  }

  private static ObjectNode payload(String format, JsonNode schema) {
    ObjectNode payload = JsonTree.object().put("schemaFormat", format);
    payload.set("schema", schema);
    return payload;
  }

  private static ObjectNode message(
      Contract contract, String encoding, String contentType, ObjectNode payload) {
    ObjectNode message =
        JsonTree.object()
            .put("name", contract.type())
            .put("title", "%s v%d, %s".formatted(contract.type(), contract.version(), encoding));
    if (contract.schema().getDoc() != null) {
      message.put("summary", contract.schema().getDoc());
    }
    message.put("contentType", contentType);
    if (Deprecation.of(contract.schema())) {
      message.put("deprecated", true);
    }
    if (contract.owner() != null) {
      message.putArray("tags").add(owner(contract.owner()));
    }
    message.put("x-contract-version", contract.version());
    message.set("payload", payload);
    return message;
  }

  static ObjectNode owner(String owner) {
    return JsonTree.object().put("name", owner).put("description", "Owner of contracts.");
  }

  private static void putCorrelation(ObjectNode message, Contract event) {
    String field = event.fields().get(CoreFields.CORRELATION_ID).name();
    message.putObject("correlationId").put("location", "$message.payload#/" + field);
  }
}
