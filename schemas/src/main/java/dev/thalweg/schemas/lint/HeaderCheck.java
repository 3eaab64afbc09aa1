package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.schemas.ContractPath;
import java.util.regex.Pattern;

/** The record itself: its names, owner, documentation and mode. */
final class HeaderCheck implements HistoryCheck {
  private static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      checkNames(document, findings);
      if (history.isMendable(document)) {
        checkPolicy(document, findings);
      }
    }
  }

  /** Whether name and namespace are those of the place; {@code tree} is the record. */
  static boolean isNamed(ContractPath place, JsonNode tree) {
    return ContractPath.snakeCase(tree.path("name").asText("")).equals(place.type())
        && isNamespace(place, tree.path("namespace").asText(""));
  }

  private static boolean isNamespace(ContractPath place, String namespace) {
    String suffix = place.namespaceSuffix();
    return namespace.endsWith(suffix)
        && PRODUCT.matcher(namespace.substring(0, namespace.length() - suffix.length())).matches();
  }

  private static void checkNames(ContractDocument document, Findings findings) {
    ContractPath place = document.place();
    JsonNode name = document.property("name");
    if (name.isTextual() && !ContractPath.snakeCase(name.textValue()).equals(place.type())) {
      findings.add(
          LintRule.NAME_MISMATCH,
          document.file(),
          "$.name",
          "the name " + OneLine.of(name.textValue()) + " is not that of directory " + place.type());
    }
    JsonNode namespace = document.property("namespace");
    if (namespace.isTextual() && !isNamespace(place, namespace.textValue())) {
      findings.add(
          LintRule.NAMESPACE,
          document.file(),
          "$.namespace",
          "the namespace must be a product's name and " + place.namespaceSuffix());
    }
  }

  private static void checkPolicy(ContractDocument document, Findings findings) {
    String file = document.file();
    JsonNode doc = document.property("doc");
    if (document.doc().isEmpty() && (doc.isMissingNode() || doc.isTextual())) {
      findings.add(LintRule.DOC_MISSING, file, at("doc", doc), "the record has no documentation");
    }
    JsonNode owner = document.property("owner");
    if (document.owner().isEmpty() && (owner.isMissingNode() || owner.isTextual())) {
      findings.add(LintRule.OWNER_MISSING, file, at("owner", owner), "the contract has no owner");
    }
    JsonNode mode = document.property("compatibility");
    if (mode.isTextual() && CompatibilityMode.named(mode.textValue()).isEmpty()) {
      findings.add(
          LintRule.COMPATIBILITY_UNKNOWN,
          file,
          "$.compatibility",
          "there is no mode " + OneLine.of(mode.textValue()));
    }
    if (document.place().type().length() > FieldCheck.LONGEST_NAME) {
      findings.add(
          LintRule.NAME_TOO_LONG,
          file,
          "$.name",
          "the name has %d bytes; at most %d fit"
              .formatted(document.place().type().length(), FieldCheck.LONGEST_NAME));
    }
  }

  private static String at(String property, JsonNode value) {
    return value.isMissingNode() ? "$" : "$." + property;
  }
}
