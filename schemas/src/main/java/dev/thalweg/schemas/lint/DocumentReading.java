package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.ContractPath;
import dev.thalweg.schemas.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Turns a JSON tree into a document, and reports properties that are missing or of another type.
 * What is wrong with one part keeps no other part from being read.
 */
final class DocumentReading {
  private static final List<String> TEXTS = List.of("doc", "owner", "compatibility");

  private final ContractPath place;
  private final String text;
  private final ObjectNode tree;
  private final SchemaReading schemas;
  private final Findings findings;
  private boolean sound = true;

  private DocumentReading(
      ContractPath place, String text, ObjectNode tree, SchemaReading schemas, Findings findings) {
    this.place = place;
    this.text = text;
    this.tree = tree;
    this.schemas = schemas;
    this.findings = findings;
  }

  static ContractDocument read(
      ContractPath place, String text, ObjectNode tree, SchemaReading schemas, Findings findings) {
    return new DocumentReading(place, text, tree, schemas, findings).document();
  }

  private ContractDocument document() {
    if (!tree.path("type").asText("").equals("record")) {
      wrong("$.type", "must be \"record\"");
    }
    required(tree, "$", "name");
    required(tree, "$", "namespace");
    TEXTS.forEach(name -> textOrAbsent(tree, "$", name));
    Map<Integer, ObjectNode> nodes = fieldNodes();
    Schema schema = sound ? schema(nodes) : null;
    List<FieldDocument> fields = new ArrayList<>();
    boolean fieldsReadable = true;
    for (Map.Entry<Integer, ObjectNode> node : nodes.entrySet()) {
      int i = node.getKey();
      Schema.Field avro = schema == null ? alone(i, node.getValue()) : schema.getFields().get(i);
      fieldsReadable &= avro != null;
      fields.add(new FieldDocument(i, node.getValue(), avro));
    }
    if (sound && schema == null && fieldsReadable) {
      reportWhole(fields);
    }
    return new ContractDocument(place, text, tree, fields, rules(), schema);
  }

  private Map<Integer, ObjectNode> fieldNodes() {
    Map<Integer, ObjectNode> nodes = new LinkedHashMap<>();
    JsonNode fields = tree.path("fields");
    if (!fields.isArray()) {
      wrong("$.fields", "must be a list of fields");
      return nodes;
    }
    for (int i = 0; i < fields.size(); i++) {
      String path = "$.fields[" + i + "]";
      if (!(fields.get(i) instanceof ObjectNode field)) {
        wrong(path, "must be an object with name and type");
      } else if (required(field, path, "name")) {
        nodes.put(i, field);
        textOrAbsent(field, path, "doc");
        checkAliases(field, path);
        if (!field.has("type")) {
          wrong(path + ".type", "is missing: a field has a type");
        }
      }
    }
    return nodes;
  }

  private void checkAliases(ObjectNode field, String path) {
    JsonNode aliases = field.path("aliases");
    boolean texts = aliases.isMissingNode() || aliases.isArray();
    for (JsonNode alias : aliases) {
      texts &= alias.isTextual();
    }
    if (!texts) {
      wrong(path + ".aliases", "must be a list of texts");
    }
  }

  private boolean required(ObjectNode node, String path, String name) {
    if (!node.path(name).isTextual()) {
      wrong(path + "." + name, node.has(name) ? "must be a text" : "is missing: it must be a text");
      return false;
    }
    return true;
  }

  private void textOrAbsent(ObjectNode node, String path, String name) {
    if (node.has(name) && !node.get(name).isTextual()) {
      wrong(path + "." + name, "must be a text");
    }
  }

  private void wrong(String path, String message) {
    sound = false;
    findings.add(LintRule.PROPERTY_TYPE, place.toString(), path, message);
  }

  /** Null where Avro refuses the file; which field it is for is then looked for one by one. */
  private Schema schema(Map<Integer, ObjectNode> nodes) {
    return schemas
        .record(tree, nodes.values())
        .orElseGet(
            () -> {
              try {
                return SchemaReading.whole(text);
              } catch (RuntimeException | StackOverflowError e) {
                return null;
              }
            });
  }

  private Schema.Field alone(int position, ObjectNode field) {
    if (!field.has("type")) {
      return null;
    }
    SchemaReading.Value value = schemas.value(field);
    if (value.field() == null) {
      String path = "$.fields[" + position + "]";
      findings.add(
          LintRule.AVRO_INVALID, place.toString(), path, "no Avro field: " + value.problem());
    }
    return value.field();
  }

  /**
   * No field is to blame, so it is what they share: the name, the namespace, or names of fields.
   */
  private void reportWhole(List<FieldDocument> fields) {
    boolean namesGood =
        fields.stream().map(FieldDocument::name).distinct().count() == fields.size()
            && fields.stream().allMatch(field -> FieldCheck.isSnakeCase(field.name()))
            && HeaderCheck.isNamed(place, tree);
    if (namesGood) {
      try {
        SchemaReading.whole(text);
      } catch (RuntimeException | StackOverflowError e) {
        findings.add(
            LintRule.AVRO_INVALID, place.toString(), "$", "no schema: " + SchemaReading.reason(e));
      }
    }
  }

  private Map<Integer, Rule> rules() {
    Map<Integer, Rule> rules = new LinkedHashMap<>();
    JsonNode list = tree.path("rules");
    if (!list.isMissingNode() && !list.isArray()) {
      findings.add(LintRule.RULE_MALFORMED, place.toString(), "$.rules", "must be a list of rules");
      return rules;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode name = list.get(i).path("name");
      JsonNode cel = list.get(i).path("cel");
      JsonNode message = list.get(i).path("message");
      if (name.isTextual() && cel.isTextual() && message.isTextual()) {
        rules.put(i, new Rule(name.textValue(), cel.textValue(), message.textValue()));
      } else {
        findings.add(
            LintRule.RULE_MALFORMED,
            place.toString(),
            "$.rules[" + i + "]",
            "a rule needs the texts name, cel and message");
      }
    }
    return rules;
  }
}
