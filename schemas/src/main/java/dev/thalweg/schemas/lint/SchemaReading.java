package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Reads schemas field by field. Most fields stand in many versions and contracts with the same
 * words; each is given to Avro once.
 */
final class SchemaReading {
  private final Map<ObjectNode, Alone> alone = new ConcurrentHashMap<>();

  /** A field as the only one of a record, or why Avro refuses it. */
  record Alone(Schema.Field field, String problem) {}

  /** What Avro makes of a field on its own. */
  Alone alone(ObjectNode field) {
    return alone.computeIfAbsent(field, SchemaReading::readAlone);
  }

  private static Alone readAlone(ObjectNode field) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("type", "record").put("name", "Alone__");
    record.putArray("fields").add(field);
    try {
      return new Alone(new Schema.Parser().parse(record.toString()).getFields().get(0), null);
    } catch (RuntimeException | StackOverflowError e) {
      return new Alone(null, reason(e));
    }
  }

  /** The record of those fields; empty where Avro refuses it, or one of the fields alone. */
  Optional<Schema> record(JsonNode tree, Iterable<ObjectNode> nodes) {
    List<Schema.Field> fields = new ArrayList<>();
    for (ObjectNode node : nodes) {
      Schema.Field field = alone(node).field();
      if (field == null) {
        return Optional.empty();
      }
      fields.add(new Schema.Field(field, field.schema()));
    }
    try {
      String name = tree.path("name").textValue();
      String namespace = tree.path("namespace").textValue();
      return Optional.of(Schema.createRecord(name, null, namespace, false, fields));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The file as Avro reads it whole, with types that refer to each other; throws what Avro does.
   */
  static Schema whole(String text) {
    return new Schema.Parser().parse(text);
  }

  /** Why Avro refuses something, in one line. */
  static String reason(Throwable e) {
    return e instanceof AvroRuntimeException && e.getMessage() != null
        ? OneLine.of(e.getMessage().lines().findFirst().orElse(""))
        : "Avro fails with " + e.getClass().getSimpleName();
  }
}
