package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which events something is about, and checks it against their newest contracts. */
final class EventReader {
  private static final String EVENT = "event";
  private static final Set<FieldType> NUMBERS =
      Set.of(FieldType.INT, FieldType.LONG, FieldType.FLOAT, FieldType.DOUBLE);
  private static final Set<FieldType> UNITS =
      Set.of(FieldType.STRING, FieldType.INT, FieldType.LONG);

  private final ContractCatalog catalog;
  private final EventConditions conditions;
  private final String unit;

  /**
   * A reader.
   *
   * @param unit the field that all of the events must have; null where it is missing
   */
  EventReader(ContractCatalog catalog, String unit) {
    this.catalog = catalog;
    this.conditions = new EventConditions(catalog);
    this.unit = unit;
  }

  Optional<Contract> known(String eventType) {
    return catalog.newest(eventType);
  }

  /** What is said of an event type that nobody knows. */
  String unknown(String eventType) {
    List<String> types = catalog.events().stream().map(Contract::type).distinct().toList();
    return "'%s' is no event type; there are: %s%s"
        .formatted(eventType, String.join(", ", types), EditDistance.suggestion(eventType, types));
  }

  /** Takes {@code event}; null where there is no such, which is noted. */
  Contract contract(YamlMap map) {
    String type = map.text(EVENT);
    if (type == null) {
      return null;
    }
    Contract contract = known(type).orElse(null);
    if (contract == null) {
      map.refuse(EVENT, unknown(type));
    } else {
      withoutUnit(contract).ifPresent(reason -> map.refuse(EVENT, reason));
    }
    return contract;
  }

  /** Why events of that contract cannot be told apart by unit; empty where they can. */
  Optional<String> withoutUnit(Contract contract) {
    ContractField field = unit == null ? null : contract.field(unit);
    if (unit != null && field == null) {
      return Optional.of(
          "'%s' has no field '%s', which is the unit%s"
              .formatted(contract.type(), unit, EditDistance.suggestion(unit, names(contract))));
    }
    return field == null || UNITS.contains(field.type())
        ? Optional.empty()
        : Optional.of(
            "'%s' of '%s' is no unit: it must be text or a whole number"
                .formatted(unit, contract.type()));
  }

  /**
   * Takes a CEL condition; empty where there is none or it is wrong, which is noted.
   *
   * @param contract null where the event is wrong
   */
  String condition(YamlMap map, String key, Contract contract) {
    return map.optionalParsed(key, text -> condition(text, contract)).orElse("");
  }

  private String condition(String text, Contract contract) {
    if (contract == null) {
      return text;
    }
    try {
      if (conditions.compile(text, contract).isPresent()) {
        return text;
      }
    } catch (ContractException e) {
      throw new IllegalArgumentException("'" + text + "' " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "'%s' is never met: '%s' has not all of its fields".formatted(text, contract.type()));
  }

  /** Takes {@code of}, a number; empty where there is none or it is wrong, which is noted. */
  String field(YamlMap map, Contract contract) {
    return map.optionalParsed("of", text -> field(text, contract)).orElse("");
  }

  private static String field(String name, Contract contract) {
    if (contract == null) {
      return name;
    }
    ContractField field = contract.field(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "'%s' is no field of '%s'; there are: %s%s"
              .formatted(
                  name,
                  contract.type(),
                  String.join(", ", names(contract)),
                  EditDistance.suggestion(name, names(contract))));
    }
    if (!NUMBERS.contains(field.type())) {
      throw new IllegalArgumentException(
          "'%s' must be a number, is %s"
              .formatted(name, field.type().name().toLowerCase(java.util.Locale.ROOT)));
    }
    return name;
  }

  private static List<String> names(Contract contract) {
    return contract.fields().stream().map(ContractField::name).sorted().toList();
  }
}
