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
 * Reads schemas field by field. Types and defaults are few, and stand in many fields, versions and
 * contracts; each pair is given to Avro once.
 */
final class SchemaReading {
  private static final List<String> GIVEN = List.of("type", "default");

  private final Map<ObjectNode, Value> values = new ConcurrentHashMap<>();

  /** Making a field is dear too, as its default is converted and checked again; copying is not. */
  private final Map<ObjectNode, Schema.Field> fields = new ConcurrentHashMap<>();

  /** A field of some name with that type and default, or why Avro refuses it. */
  record Value(Schema.Field field, String problem) {}

  /** What Avro makes of a field's type and default, whatever its name. */
  Value value(ObjectNode field) {
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    for (String property : GIVEN) {
      if (field.has(property)) {
        given.set(property, field.get(property));
      }
    }
    return values.computeIfAbsent(given, SchemaReading::read);
  }

  private static Value read(ObjectNode given) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("type", "record").put("name", "Alone");
    record.putArray("fields").add(given.deepCopy().put("name", "alone"));
    try {
      return new Value(new Schema.Parser().parse(record.toString()).getFields().get(0), null);
    } catch (RuntimeException | StackOverflowError e) {
      return new Value(null, reason(e));
    }
  }

  /** The record of those fields; empty where Avro refuses it, or one of the fields alone. */
  Optional<Schema> record(JsonNode tree, Iterable<ObjectNode> nodes) {
    try {
      List<Schema.Field> copies = new ArrayList<>();
      for (ObjectNode node : nodes) {
        Schema.Field field = fields.computeIfAbsent(node, this::field);
        if (field == null) {
          return Optional.empty();
        }
        copies.add(new Schema.Field(field, field.schema()));
      }
      String name = tree.path("name").textValue();
      String namespace = tree.path("namespace").textValue();
      return Optional.of(Schema.createRecord(name, null, namespace, false, copies));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Null where Avro refuses its type or default. */
  private Schema.Field field(ObjectNode node) {
    Schema.Field value = value(node).field();
    if (value == null) {
      return null;
    }
    String name = node.path("name").textValue();
    Schema.Field field =
        value.hasDefaultValue()
            ? new Schema.Field(name, value.schema(), null, value.defaultVal())
            : new Schema.Field(name, value.schema());
    node.path("aliases").forEach(alias -> field.addAlias(alias.textValue()));
    return field;
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
