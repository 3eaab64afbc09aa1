package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A name means one type, whichever contract it stands in. */
final class ConsistencyCheck {
  private ConsistencyCheck() {}

  private record Use(ContractDocument document, FieldDocument field) {}

  /** Compares the newest versions; what most contracts use is right, at a tie the first. */
  static void check(Collection<ContractHistory> histories, Findings findings) {
    Map<String, Map<FieldType, List<Use>>> uses = new TreeMap<>();
    for (ContractHistory history : histories) {
      history.newest().ifPresent(newest -> collect(newest, uses));
    }
    uses.forEach((name, byType) -> report(name, byType, findings));
  }

  private static void collect(
      ContractDocument newest, Map<String, Map<FieldType, List<Use>>> uses) {
    for (FieldDocument field : newest.fields()) {
      boolean core = newest.place().event() && CoreFields.names().contains(field.name());
      if (!core && field.type().isPresent()) {
        uses.computeIfAbsent(field.name(), name -> new EnumMap<>(FieldType.class))
            .computeIfAbsent(field.type().get(), type -> new ArrayList<>())
            .add(new Use(newest, field));
      }
    }
  }

  private static void report(String name, Map<FieldType, List<Use>> byType, Findings findings) {
    if (byType.size() == 1) {
      return;
    }
    FieldType usual =
        byType.entrySet().stream()
            .min(
                Comparator.comparing(
                        (Map.Entry<FieldType, List<Use>> entry) -> -entry.getValue().size())
                    .thenComparing(entry -> entry.getValue().get(0).document().file()))
            .orElseThrow()
            .getKey();
    ContractDocument example = byType.get(usual).get(0).document();
    byType.forEach(
        (type, deviating) -> {
          if (type != usual) {
            deviating.forEach(
                use ->
                    findings.add(
                        LintRule.TYPE_INCONSISTENT,
                        use.document().file(),
                        use.field().path() + ".type",
                        "field %s is %s here and %s in %s"
                            .formatted(
                                name,
                                FieldDocument.word(type),
                                FieldDocument.word(usual),
                                example)));
          }
        });
  }
}
