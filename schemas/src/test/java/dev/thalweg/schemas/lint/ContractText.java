package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.ContractPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes contracts for tests: good ones, from which a test takes what it wants to be bad. */
final class ContractText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[][] CORE = {
    {"event_id", "'string'", null},
    {"event_time", "{'type': 'long', 'logicalType': 'timestamp-millis'}", null},
    {"user_id", "['null', 'string']", "null"},
    {"anonymous_id", "['null', 'string']", "null"},
    {"correlation_id", "['null', 'string']", "null"},
    {"source", "'string'", "'unknown'"},
    {"environment", "'string'", "'production'"},
    {"producer_version", "['null', 'string']", "null"}
  };

  private final ContractPath place;
  private final ObjectNode record = MAPPER.createObjectNode();
  private final ArrayNode fields;

  private ContractText(ContractPath place) {
    this.place = place;
    StringBuilder name = new StringBuilder();
    for (String word : place.type().split("_")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    record
        .put("type", "record")
        .put("name", name.toString())
        .put("namespace", "shop" + place.namespaceSuffix())
        .put("doc", "An example.")
        .put("owner", "shop");
    fields = record.putArray("fields");
  }

  /** An event's contract with the core fields. */
  static ContractText event(String type, int version) {
    ContractText text = new ContractText(new ContractPath(true, type, version));
    for (String[] core : CORE) {
      text.field(core[0], core[1]);
      if (core[2] != null) {
        text.on(core[0], "default", core[2]);
      }
    }
    return text;
  }

  /** An internal record's contract without fields. */
  static ContractText record(String name, int version) {
    return new ContractText(new ContractPath(false, name, version));
  }

  /** JSON that may be written with single quotes. */
  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  ContractText field(String name, String type) {
    ObjectNode field = fields.addObject();
    field.put("name", name).set("type", json(type));
    field.put("doc", "An attribute.");
    return this;
  }

  ContractText field(String name, String type, String defaultValue) {
    return field(name, type).on(name, "default", defaultValue);
  }

  /** Sets a property of a field. */
  ContractText on(String field, String property, String value) {
    node(field).set(property, json(value));
    return this;
  }

  ContractText without(String field, String property) {
    node(field).remove(property);
    return this;
  }

  ContractText withoutField(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path("name").asText().equals(name)) {
        fields.remove(i);
      }
    }
    return this;
  }

  /** Sets a property of the record. */
  ContractText set(String property, String value) {
    record.set(property, json(value));
    return this;
  }

  ContractText without(String property) {
    record.remove(property);
    return this;
  }

  ContractText rule(String name, String cel) {
    ArrayNode rules = record.withArrayProperty("rules");
    rules.addObject().put("name", name).put("cel", cel).put("message", "must hold");
    return this;
  }

  private ObjectNode node(String field) {
    for (JsonNode node : fields) {
      if (node.path("name").asText().equals(field)) {
        return (ObjectNode) node;
      }
    }
    throw new IllegalArgumentException(field);
  }

  String path() {
    return place.toString();
  }

  @Override
  public String toString() {
    return record.toPrettyString();
  }

  /** Those contracts as a directory in which nothing is released. */
  static ContractFiles drafts(ContractText... contracts) {
    return ContractFiles.of(texts(contracts), ReleaseIndex.EMPTY);
  }

  /** The texts by path. */
  static Map<String, String> texts(ContractText... contracts) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (ContractText contract : contracts) {
      texts.put(contract.path(), contract.toString());
    }
    return texts;
  }
}
