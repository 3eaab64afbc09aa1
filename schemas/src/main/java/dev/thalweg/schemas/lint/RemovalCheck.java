package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.FieldType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields that the newest version no longer has, and names that return with another type. */
final class RemovalCheck implements HistoryCheck {
  private final LocalDate today;

  RemovalCheck(LocalDate today) {
    this.today = today;
  }

  @Override
  public void check(ContractHistory history, Findings findings) {
    history
        .newest()
        .ifPresent(
            newest -> {
              checkRemoved(newest, history.predecessors(), findings);
              checkReused(newest, history.predecessors(), findings);
            });
  }

  private void checkRemoved(
      ContractDocument newest, List<ContractDocument> older, Findings findings) {
    Map<String, ContractDocument> lastHolders = new LinkedHashMap<>();
    for (ContractDocument document : older) {
      document.fields().forEach(field -> lastHolders.put(field.name(), document));
    }
    lastHolders.forEach(
        (name, holder) -> {
          boolean kept =
              newest.field(name) != null
                  || newest.fields().stream().anyMatch(field -> field.aliases().contains(name));
          if (!kept) {
            removed(newest, holder, name, findings);
          }
        });
  }

  private void removed(
      ContractDocument newest, ContractDocument holder, String name, Findings findings) {
    Optional<Deprecation> deprecation = Deprecation.of(holder.field(name).deprecated());
    String subject = "field " + OneLine.of(name) + " of v" + holder.version();
    if (deprecation.isEmpty()) {
      findings.add(
          LintRule.REMOVED_UNDEPRECATED,
          newest.file(),
          "$.fields",
          subject + " is removed and was never deprecated");
    } else if (today.isBefore(deprecation.get().sunset())) {
      findings.add(
          LintRule.REMOVED_BEFORE_SUNSET,
          newest.file(),
          "$.fields",
          subject + " is removed before its sunset, " + deprecation.get().sunset());
    }
  }

  private static void checkReused(
      ContractDocument newest, List<ContractDocument> older, Findings findings) {
    for (FieldDocument field : newest.fields()) {
      ContractDocument holder = null;
      boolean gone = false;
      for (ContractDocument document : older) {
        FieldDocument before = document.field(field.name());
        gone = before == null && holder != null;
        if (before != null && !sameType(before, field)) {
          holder = document;
        }
        if (gone) {
          break;
        }
      }
      if (gone) {
        FieldDocument before = holder.field(field.name());
        findings.add(
            LintRule.NAME_REUSED,
            newest.file(),
            field.path() + ".type",
            "field %s was %s in v%d, was removed, and returns as %s"
                .formatted(
                    field.name(), before.typeInWords(), holder.version(), field.typeInWords()));
      }
    }
  }

  private static boolean sameType(FieldDocument left, FieldDocument right) {
    Optional<FieldType> type = right.type();
    return left.type().isEmpty() || type.isEmpty() || left.type().equals(type);
  }
}
