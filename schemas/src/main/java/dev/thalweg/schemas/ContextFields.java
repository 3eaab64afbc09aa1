package dev.thalweg.schemas;

import java.util.ArrayList;
import java.util.List;

/** What a canonical record adds behind the contract's fields, in this order. */
public enum ContextFields {
  /** When the event arrived in the raw topic. */
  INGESTED_AT(FieldType.TIMESTAMP),
  /** Version of the contract it was read with. */
  CONTRACT_VERSION(FieldType.INT),
  /** Version of the pipeline that accepted it. */
  PIPELINE_VERSION(FieldType.STRING),
  /** What was joined to it. */
  ENRICHMENT(FieldType.STRING_MAP);

  private final FieldType type;

  ContextFields(FieldType type) {
    this.type = type;
  }

  /** Its position in canonical records of that contract's events. */
  public int position(Contract contract) {
    return contract.fields().size() + ordinal();
  }

  static List<ContractField> appendedTo(List<ContractField> own) {
    List<ContractField> fields = new ArrayList<>(own);
    for (ContextFields field : values()) {
      String name = field.name().toLowerCase(java.util.Locale.ROOT);
      fields.add(new ContractField(name, fields.size(), field.type, false, false, null, null));
    }
    return List.copyOf(fields);
  }
}
