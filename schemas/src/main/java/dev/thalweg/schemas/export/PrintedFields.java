package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** JSON Schemas of attributes of Avro records printed as JSON, where a null is left out. */
final class PrintedFields {
  private PrintedFields() {}

  static boolean mayBeLeftOut(Schema schema) {
    return schema.isNullable();
  }

  static ObjectNode of(Schema schema) {
    Schema value = value(schema);
    ObjectNode out = JsonTree.object();
    switch (value.getType()) {
      case STRING -> out.put("type", "string");
      case INT ->
          out.put("type", "integer")
              .put("minimum", Integer.MIN_VALUE)
              .put("maximum", Integer.MAX_VALUE);
      case LONG -> putLong(out, value);
      case FLOAT, DOUBLE -> putDecimal(out);
      case BOOLEAN -> out.put("type", "boolean");
      case BYTES -> out.put("type", "string").put("contentEncoding", "base64");
      case MAP -> {
        out.put("type", "object");
        out.set("additionalProperties", of(value.getValueType()));
      }
      default -> throw new IllegalArgumentException(value + ": no contract has such a field");
    }
    return out;
  }

  private static Schema value(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static void putLong(ObjectNode out, Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      out.put("type", "string").put("format", "date-time");
    } else {
      out.put("type", "integer").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
    }
  }

  /** JSON has no numbers for what is not finite; it is printed as a word. */
  private static void putDecimal(ObjectNode out) {
    out.putArray("type").add("number").add("string");
    out.put("pattern", "^(?:NaN|-?Infinity)$");
  }
}
