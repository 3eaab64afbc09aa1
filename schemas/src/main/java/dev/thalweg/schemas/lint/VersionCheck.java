package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.schemas.ContractPath;
import java.util.HashSet;
import java.util.Set;

/** The numbers of versions, and which of them are known to be bad. */
final class VersionCheck implements HistoryCheck {
  @Override
  public void check(ContractHistory history, Findings findings) {
    if (!history.documents().isEmpty()) {
      checkGaps(history, findings);
    }
    for (ContractDocument document : history.documents()) {
      checkSuperseded(history, document, findings);
    }
  }

  private static void checkGaps(ContractHistory history, Findings findings) {
    ContractPath any = history.documents().iterator().next().place();
    int expected = 1;
    for (int version : history.numbers()) {
      boolean released = true;
      for (int missing = expected; missing < version && released; missing++) {
        released = history.isReleased(new ContractPath(any.event(), any.type(), missing));
      }
      if (!released) {
        findings.add(
            LintRule.VERSION_GAP,
            new ContractPath(any.event(), any.type(), version).toString(),
            "$",
            "v" + version + " is there, v" + expected + " is not");
      }
      expected = version + 1;
    }
  }

  private static void checkSuperseded(
      ContractHistory history, ContractDocument document, Findings findings) {
    JsonNode list = document.property("supersedes");
    if (!list.isMissingNode() && !list.isArray()) {
      malformed(document, "$.supersedes", "must be a list of versions with reasons", findings);
      return;
    }
    Set<Integer> named = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String path = "$.supersedes[" + i + "]";
      JsonNode version = list.get(i).path("version");
      if (!version.isInt()) {
        malformed(document, path, "version must be a whole number", findings);
        continue;
      }
      JsonNode reason = list.get(i).path("reason");
      if (!reason.isTextual() || reason.textValue().isBlank()) {
        malformed(document, path, "the reason is missing", findings);
      }
      int number = version.intValue();
      if (number >= document.version()
          || !history.numbers().contains(number)
          || !named.add(number)) {
        findings.add(
            LintRule.SUPERSEDES_UNKNOWN,
            document.file(),
            path + ".version",
            "v" + number + " is no older version of this contract, or is named twice");
      }
    }
  }

  private static void malformed(
      ContractDocument document, String path, String message, Findings findings) {
    findings.add(LintRule.SUPERSEDES_MALFORMED, document.file(), path, message);
  }
}
