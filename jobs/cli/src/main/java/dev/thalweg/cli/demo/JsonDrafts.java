package dev.thalweg.cli.demo;

import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Encodes drafts as JSON. Not thread safe. */
final class JsonDrafts {

  private final StringBuilder json = new StringBuilder(512);

  byte[] encode(Draft draft, boolean timeAsText) {
    return encode(draft, timeAsText, "");
  }

  /** The same with more attributes behind, written as {@code ,"name":value}. */
  byte[] encode(Draft draft, boolean timeAsText, String more) {
    json.setLength(0);
    json.append("{\"event_type\":\"").append(draft.contract().type()).append('"');
    for (ContractField field : draft.contract().fields()) {
      Object value = draft.value(field);
      if (value != null) {
        json.append(",\"").append(field.name()).append("\":");
        if (timeAsText && field.type() == FieldType.TIMESTAMP && value instanceof Long millis) {
          json.append('"').append(Instant.ofEpochMilli(millis)).append('"');
        } else {
          append(value);
        }
      }
    }
    return json.append(more).append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(Object value) {
    if (!(value instanceof String text)) {
      json.append(value);
      return;
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
    json.append('"');
  }
}
