package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;

/** What is on its way out: whether that is said well, and whether it is time. */
final class DeprecationCheck implements HistoryCheck {
  private final LocalDate today;

  DeprecationCheck(LocalDate today) {
    this.today = today;
  }

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      if (history.isMendable(document)) {
        boolean newest = history.newest().filter(document::equals).isPresent();
        checkBlock(
            document, "$", "the contract", document.property("deprecated"), newest, findings);
        for (FieldDocument field : document.fields()) {
          if (!field.deprecated().isMissingNode()) {
            String subject = "field " + OneLine.of(field.name());
            checkBlock(document, field.path(), subject, field.deprecated(), newest, findings);
          }
        }
      }
    }
  }

  /** Only the newest version says what holds today. */
  private void checkBlock(
      ContractDocument document,
      String parent,
      String subject,
      JsonNode block,
      boolean newest,
      Findings findings) {
    if (block.isMissingNode()) {
      return;
    }
    String path = parent + ".deprecated";
    Deprecation.problem(block)
        .ifPresent(
            problem ->
                findings.add(
                    LintRule.DEPRECATION_MALFORMED,
                    document.file(),
                    path + problem.path(),
                    "the deprecation of " + subject + ": " + problem.message()));
    Deprecation.of(block)
        .filter(deprecation -> newest && !today.isBefore(deprecation.since()))
        .ifPresent(
            deprecation ->
                findings.add(
                    today.isAfter(deprecation.sunset())
                        ? LintRule.SUNSET_PASSED
                        : LintRule.DEPRECATED,
                    document.file(),
                    path,
                    subject + " is " + deprecation.words()));
  }
}
