package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.FieldType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Personal data is marked with its protection. Core fields are exempt: by contract their ids are
 * pseudonymous.
 */
final class PersonalDataCheck implements HistoryCheck {
  private static final Set<String> CORE = Set.copyOf(CoreFields.names());

  /** The same names stand in many contracts and versions. */
  private final Map<String, Map<FieldType, Optional<PersonalClass>>> classes =
      new ConcurrentHashMap<>();

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      if (history.isMendable(document)) {
        for (FieldDocument field : document.fields()) {
          if (!document.place().event() || !CORE.contains(field.name())) {
            check(document, field, findings);
          }
        }
      }
    }
  }

  private void check(ContractDocument document, FieldDocument field, Findings findings) {
    if (!field.personal().isMissingNode()) {
      problem(field.personal())
          .ifPresent(
              problem ->
                  findings.add(
                      LintRule.PERSONAL_MALFORMED,
                      document.file(),
                      field.path() + ".personal",
                      "the mark of field " + OneLine.of(field.name()) + ": " + problem));
      return;
    }
    field
        .type()
        .flatMap(type -> classOf(field.name(), type))
        .ifPresent(
            kind ->
                findings.add(
                    LintRule.PERSONAL_UNMARKED,
                    document.file(),
                    field.path(),
                    "field " + field.name() + " sounds like personal data (" + kind + ")"));
  }

  private Optional<PersonalClass> classOf(String name, FieldType type) {
    return classes
        .computeIfAbsent(name, n -> new ConcurrentHashMap<>())
        .computeIfAbsent(type, t -> PersonalNames.classOf(name, t));
  }

  private static Optional<String> problem(JsonNode mark) {
    if (!mark.isObject()) {
      return Optional.of("must be an object with class and protection");
    }
    Optional<PersonalClass> kind = PersonalClass.named(mark.path("class").asText(""));
    if (kind.isEmpty()) {
      return Optional.of("there is no class " + OneLine.of(mark.path("class").toString()));
    }
    JsonNode protection = mark.path("protection");
    if (kind.get() == PersonalClass.NONE) {
      boolean reasoned =
          mark.path("reason").isTextual() && !mark.path("reason").textValue().isBlank();
      if (!reasoned) {
        return Optional.of("the class none needs a reason");
      }
      return protection.isMissingNode()
          ? Optional.empty()
          : Optional.of("the class none has no protection");
    }
    return Protection.named(protection.asText("")).isPresent()
        ? Optional.empty()
        : Optional.of("there is no protection " + OneLine.of(protection.toString()));
  }
}
