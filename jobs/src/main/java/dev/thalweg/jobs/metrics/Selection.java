package dev.thalweg.jobs.metrics;

import dev.thalweg.operators.metrics.EventSelector;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.FieldType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Events that are selected, and the contracts they come under.
 *
 * @param events the selector
 * @param contracts the newest of each event type; empty if the declaration is wrong
 */
record Selection(EventSelector events, List<Contract> contracts) {
  private static final Set<FieldType> NUMBERS =
      Set.of(FieldType.INT, FieldType.LONG, FieldType.FLOAT, FieldType.DOUBLE);

  /** The fields of that name, of all contracts that have it. */
  private List<ContractField> fields(String name) {
    return contracts.stream().map(c -> c.field(name)).filter(Objects::nonNull).toList();
  }

  boolean has(String field) {
    return !fields(field).isEmpty();
  }

  boolean isNumber(String field) {
    return fields(field).stream().allMatch(found -> NUMBERS.contains(found.type()));
  }

  boolean isBytes(String field) {
    return fields(field).stream().anyMatch(found -> found.type() == FieldType.BYTES);
  }

  Collection<String> names() {
    Set<String> names = new TreeSet<>();
    contracts.forEach(c -> c.fields().forEach(field -> names.add(field.name())));
    return names;
  }

  /** The types a field has, for messages. */
  String types(String field) {
    Set<String> types = new TreeSet<>();
    fields(field)
        .forEach(found -> types.add(found.type().name().toLowerCase(java.util.Locale.ROOT)));
    return String.join(", ", types);
  }
}
