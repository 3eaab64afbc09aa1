package dev.thalweg.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import dev.thalweg.cli.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row of an NDJSON file. Values have their JSON type where a condition reads them. */
record JsonRow(ObjectNode object, byte[] raw, long number) implements Row {

  @Override
  public long line() {
    return number;
  }

  @Override
  public String text(String column) {
    JsonNode value = object.get(column);
    if (value == null || value.isNull()) {
      return null;
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.isEmpty() ? null : text;
  }

  @Override
  public Map<String, Object> values() {
    return map(object);
  }

  private static Map<String, Object> map(JsonNode object) {
    Map<String, Object> values = new LinkedHashMap<>();
    object.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return values;
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.canConvertToLong() && node.isIntegralNumber()
              ? (Object) node.longValue()
              : node.doubleValue();
      case ARRAY -> {
        List<Object> values = new ArrayList<>();
        node.forEach(element -> values.add(value(element)));
        yield values;
      }
      case OBJECT -> map(node);
      default -> NullValue.NULL_VALUE;
    };
  }
}
