package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.ContractPath;
import dev.thalweg.schemas.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** One version of a contract as its file says it, good or bad. Immutable. */
public final class ContractDocument {
  private final ContractPath place;
  private final String text;
  private final ObjectNode tree;
  private final List<FieldDocument> fields;
  private final Map<String, FieldDocument> byName = new LinkedHashMap<>();
  private final Map<Integer, Rule> rules;
  private final Schema schema;

  ContractDocument(
      ContractPath place,
      String text,
      ObjectNode tree,
      List<FieldDocument> fields,
      Map<Integer, Rule> rules,
      Schema schema) {
    this.place = place;
    this.text = text;
    this.tree = tree;
    this.fields = List.copyOf(fields);
    fields.forEach(field -> byName.putIfAbsent(field.name(), field));
    this.rules = new LinkedHashMap<>(rules);
    this.schema = schema;
  }

  /** Where it stands. */
  public ContractPath place() {
    return place;
  }

  /** The file's path below the directory of contracts. */
  public String file() {
    return place.toString();
  }

  /** The version, from 1. */
  public int version() {
    return place.version();
  }

  /** The file's text. */
  public String text() {
    return text;
  }

  /** A property of the record; missing where it is not there. */
  public JsonNode property(String name) {
    return tree.path(name);
  }

  /** Who answers for it; empty if that is not said. */
  public String owner() {
    return tree.path("owner").asText("").strip();
  }

  /** What it means; empty if that is not said. */
  public String doc() {
    return tree.path("doc").asText("").strip();
  }

  /** The mode it asks for; the strictest where it asks for none that is known. */
  public CompatibilityMode mode() {
    return CompatibilityMode.named(tree.path("compatibility").asText(""))
        .orElse(CompatibilityMode.FULL_TRANSITIVE);
  }

  /** The fields that are fields, in order. */
  public List<FieldDocument> fields() {
    return fields;
  }

  /** The field of that name, or null. */
  public FieldDocument field(String name) {
    return byName.get(name);
  }

  /** The rules that are rules, by their place in the list. */
  public Map<Integer, Rule> rules() {
    return java.util.Collections.unmodifiableMap(rules);
  }

  /** The schema; empty where Avro does not read the file. */
  public Optional<Schema> schema() {
    return Optional.ofNullable(schema);
  }

  /** {@code order_placed v2}. */
  @Override
  public String toString() {
    return place.type() + " v" + place.version();
  }
}
