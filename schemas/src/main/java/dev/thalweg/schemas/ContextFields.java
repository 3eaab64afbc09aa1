package dev.thalweg.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private static final Set<String> RESERVED =
      Stream.concat(
              Stream.of(EventDecoder.EVENT_TYPE),
              Stream.of(values()).map(field -> field.name().toLowerCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());

  private final FieldType type;

  ContextFields(FieldType type) {
    this.type = type;
  }

  /** Its position in canonical records of that contract's events. */
  public int position(Contract contract) {
    return contract.fields().size() + ordinal();
  }

  /** Whether JSON or the canonical record gives that name a meaning of its own. */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  static List<ContractField> appendedTo(List<ContractField> own) {
    List<ContractField> fields = new ArrayList<>(own);
    for (ContextFields field : values()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      fields.add(new ContractField(name, fields.size(), field.type, false, false, null, null));
    }
    return List.copyOf(fields);
  }
}
