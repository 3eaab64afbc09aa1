package dev.thalweg.schemas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** One released version of an event type's (or internal record's) contract. Immutable. */
public final class Contract {
  private final String type;
  private final int version;
  private final boolean event;
  private final Schema schema;
  private final long fingerprint;
  private final List<ContractField> fields;
  private final Map<String, ContractField> fieldsByName;
  private final Map<String, ContractField> aliased;
  private final List<Rule> rules;
  private final List<Superseded> superseded;
  private final Schema canonicalSchema;
  private final long canonicalFingerprint;

  Contract(
      String type,
      int version,
      boolean event,
      Schema schema,
      List<ContractField> fields,
      List<Rule> rules,
      List<Superseded> superseded) {
    this.type = type;
    this.version = version;
    this.event = event;
    this.schema = schema;
    this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    this.fields = List.copyOf(fields);
    this.rules = List.copyOf(rules);
    this.superseded = List.copyOf(superseded);
    Map<String, ContractField> byAlias = new LinkedHashMap<>();
    fields.forEach(
        field -> schema.getField(field.name()).aliases().forEach(a -> byAlias.put(a, field)));
    this.aliased = Map.copyOf(byAlias);
    Map<String, ContractField> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    this.fieldsByName = Map.copyOf(byName);
    this.canonicalSchema = event ? CanonicalSchema.of(schema) : schema;
    this.canonicalFingerprint = SchemaNormalization.parsingFingerprint64(canonicalSchema);
  }

  /** The event type (or record name) in snake_case. */
  public String type() {
    return type;
  }

  /** The version, from 1. */
  public int version() {
    return version;
  }

  /** Whether it describes an event; otherwise an internal record. */
  public boolean isEvent() {
    return event;
  }

  /** The Avro schema that producers write. */
  public Schema schema() {
    return schema;
  }

  /** CRC-64-AVRO of the schema's parsing canonical form, as single-object encoding carries it. */
  public long fingerprint() {
    return fingerprint;
  }

  /** The schema of the canonical record: the contract's fields followed by the context fields. */
  public Schema canonicalSchema() {
    return canonicalSchema;
  }

  /** Fingerprint of {@link #canonicalSchema()}. */
  public long canonicalFingerprint() {
    return canonicalFingerprint;
  }

  /** The fields in order. */
  public List<ContractField> fields() {
    return fields;
  }

  /** The field of that name, or null. */
  public ContractField field(String name) {
    return fieldsByName.get(name);
  }

  /** The field that was once called so, or null. */
  ContractField fieldByAlias(String alias) {
    return aliased.get(alias);
  }

  /** The older versions that this one supersedes. */
  public List<Superseded> superseded() {
    return superseded;
  }

  /** What this version says of that older one. */
  Optional<Superseded> superseded(int older) {
    return superseded.stream().filter(bad -> bad.version() == older).findFirst();
  }

  /** The rules in order. */
  public List<Rule> rules() {
    return rules;
  }

  /** Who answers for it. */
  public String owner() {
    return schema.getProp("owner");
  }

  @Override
  public String toString() {
    return type + " v" + version;
  }
}
