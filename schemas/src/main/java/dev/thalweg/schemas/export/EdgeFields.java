package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.ContractField;
import java.util.Base64;

/** JSON Schemas of attributes as producers may send them. */
final class EdgeFields {
  // Without padding and with bits left over too: the decoder asks for no more.
  private static final String BASE64 =
      "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$";

  private EdgeFields() {}

  static ObjectNode of(ContractField field) {
    ObjectNode schema = JsonTree.object();
    ArrayNode types = JsonTree.array();
    constrain(schema, types, field);
    if (field.hasDefault()) {
      types.add("null");
    }
    schema.set("type", types.size() == 1 ? types.get(0) : types);
    if (field.hasDefault()) {
      putDefault(schema, field);
    }
    return schema;
  }

  private static void constrain(ObjectNode schema, ArrayNode types, ContractField field) {
    switch (field.type()) {
      case STRING -> types.add("string");
      case INT -> {
        types.add("integer");
        schema.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
      }
      case LONG -> {
        types.add("integer");
        schema.put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
      }
      case TIMESTAMP -> {
        types.add("string").add("integer");
        schema.put("pattern", InstantPattern.ECMA);
        schema.put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
      }
      case FLOAT, DOUBLE -> types.add("number");
      case BOOLEAN -> types.add("boolean");
      case BYTES -> {
        types.add("string");
        schema.put("pattern", BASE64).put("contentEncoding", "base64");
      }
      case STRING_MAP -> throw new IllegalArgumentException(field + ": no event has a map");
    }
  }

  private static void putDefault(ObjectNode schema, ContractField field) {
    Object value = field.defaultValue();
    if (value instanceof byte[] bytes) {
      schema.put("default", Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof CharSequence text) {
      schema.put("default", text.toString());
    } else {
      schema.set("default", JsonTree.of(value));
    }
  }
}
