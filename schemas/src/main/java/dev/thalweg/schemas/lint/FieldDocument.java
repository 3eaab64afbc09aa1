package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** One field as its file says it, good or bad. Immutable; do not change the nodes it hands out. */
public final class FieldDocument {
  private final int position;
  private final ObjectNode node;
  private final Schema.Field avro;
  private final String name;
  private final boolean nullable;
  private final Optional<FieldType> type;

  FieldDocument(int position, ObjectNode node, Schema.Field avro) {
    this.position = position;
    this.node = node;
    this.avro = avro;
    this.name = node.get("name").textValue();
    this.nullable = avro != null && isNullable(avro.schema());
    this.type = avro == null ? Optional.empty() : FieldType.of(value(avro.schema(), nullable));
  }

  private static boolean isNullable(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        && schema.getTypes().size() == 2
        && schema.getTypes().get(0).getType() == Schema.Type.NULL;
  }

  private static Schema value(Schema schema, boolean nullable) {
    return nullable ? schema.getTypes().get(1) : schema;
  }

  /** Place among the fields, from 0. */
  public int position() {
    return position;
  }

  /** JSON path of the field in its file. */
  public String path() {
    return "$.fields[" + position + "]";
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Earlier names. */
  public List<String> aliases() {
    List<String> aliases = new ArrayList<>();
    for (JsonNode alias : node.path("aliases")) {
      if (alias.isTextual()) {
        aliases.add(alias.textValue());
      }
    }
    return aliases;
  }

  /** What it means; empty if that is not said. */
  public String doc() {
    return node.path("doc").asText("").strip();
  }

  /** Whether Avro can read the field. */
  boolean isReadable() {
    return avro != null;
  }

  /** Whether it is written as a union of null, first, and one type. */
  public boolean nullable() {
    return nullable;
  }

  /** Its type where it is not null; empty where contracts do not allow the type. */
  public Optional<FieldType> type() {
    return type;
  }

  /** Whether it may be left out. */
  public boolean hasDefault() {
    return node.has("default");
  }

  /** What it is when left out; null for null or where there is no default. */
  Object defaultValue() {
    Object value = avro == null || !avro.hasDefaultValue() ? null : avro.defaultVal();
    return value == JsonProperties.NULL_VALUE ? null : value;
  }

  /** What it is when left out, as JSON; missing where there is no default. */
  public JsonNode defaultNode() {
    return node.path("default");
  }

  /** A property of the field; missing where it is not there. */
  JsonNode node(String property) {
    return node.path(property);
  }

  /** The mark of personal data; missing where there is none. */
  public JsonNode personal() {
    return node.path("personal");
  }

  /** The deprecation; missing where there is none. */
  public JsonNode deprecated() {
    return node.path("deprecated");
  }

  /** The type in words, {@code ?} where it is optional, the default where it has one. */
  public String typeInWords() {
    String word = type.map(FieldDocument::word).orElse("not flat");
    if (nullable) {
      return word + "?";
    }
    return hasDefault() ? word + " = " + defaultNode() : word;
  }

  /** A type as contracts write it. */
  static String word(FieldType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
