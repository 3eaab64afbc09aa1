package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.CoreFields;
import java.util.List;

/** The fields that open every event contract. */
final class CoreFieldCheck implements HistoryCheck {
  private static final List<String> NAMES = CoreFields.names();

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      if (document.place().event()) {
        checkPresence(document, findings);
        checkOrder(document, findings);
      }
    }
  }

  private static void checkPresence(ContractDocument document, Findings findings) {
    for (int i = 0; i < NAMES.size(); i++) {
      FieldDocument field = document.field(NAMES.get(i));
      String expected = CoreFields.expected(i);
      if (field == null) {
        findings.add(
            LintRule.CORE_MISSING,
            document.file(),
            "$.fields",
            "core field " + NAMES.get(i) + " (" + expected + ") is missing");
      } else if (field.type().isPresent() && !words(field).equals(expected)) {
        findings.add(
            LintRule.CORE_TYPE,
            document.file(),
            field.path(),
            "core field " + NAMES.get(i) + " must be " + expected + ", not " + words(field));
      }
    }
  }

  private static String words(FieldDocument field) {
    return CoreFields.describe(
        field.type().orElseThrow(), field.nullable(), field.hasDefault(), field.defaultValue());
  }

  /** One finding, at the first field out of place: the others follow from it. */
  private static void checkOrder(ContractDocument document, Findings findings) {
    List<String> present = NAMES.stream().filter(name -> document.field(name) != null).toList();
    for (int i = 0; i < present.size(); i++) {
      FieldDocument field = document.fields().get(i);
      if (!field.name().equals(present.get(i))) {
        findings.add(
            LintRule.CORE_ORDER,
            document.file(),
            field.path(),
            OneLine.of(field.name()) + " stands where " + present.get(i) + " must stand");
        return;
      }
    }
  }
}
