package dev.thalweg.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By what a metric is told apart.
 *
 * @param names of the dimensions
 * @param values of the dimensions
 */
record Dimensions(List<String> names, List<String> values) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Dimensions parse(String json) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (var field : object(json).properties()) {
      names.add(field.getKey());
      values.add(shown(field.getValue()));
    }
    return new Dimensions(names, values);
  }

  String label() {
    return values.isEmpty() ? "all" : values.stream().collect(Collectors.joining(" · "));
  }

  private static JsonNode object(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("dimensions are no JSON", e);
    }
  }

  private static String shown(JsonNode value) {
    if (value.isNull()) {
      return "(none)";
    }
    String text = value.isTextual() ? value.textValue() : value.toString();
    return text.isEmpty() ? "(empty)" : text;
  }
}
