package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.ContextFields;
import dev.thalweg.schemas.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Each field on its own: its name, form and documentation. */
final class FieldCheck implements HistoryCheck {
  /** What PostgreSQL keeps of an identifier, in bytes. */
  static final int LONGEST_NAME = 63;

  static final int MOST_FIELDS = 1_500;

  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  static boolean isSnakeCase(String name) {
    return SNAKE_CASE.matcher(name).matches();
  }

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      boolean mendable = history.isMendable(document);
      if (mendable && document.fields().size() > MOST_FIELDS) {
        findings.add(
            LintRule.TOO_MANY_FIELDS,
            document.file(),
            "$.fields",
            document.fields().size() + " fields; at most " + MOST_FIELDS + " are allowed");
      }
      checkCollisions(document, findings);
      for (FieldDocument field : document.fields()) {
        checkForm(document, field, findings);
        if (mendable) {
          checkPolicy(document, field, findings);
        }
      }
    }
  }

  private static void checkForm(ContractDocument document, FieldDocument field, Findings findings) {
    String file = document.file();
    if (document.place().event() && ContextFields.isReserved(field.name())) {
      findings.add(
          LintRule.NAME_RESERVED, file, field.path() + ".name", field.name() + " is reserved");
    }
    if (field.isReadable()
        && field
            .type()
            .filter(type -> type != FieldType.STRING_MAP || !document.place().event())
            .isEmpty()) {
      findings.add(
          LintRule.NOT_FLAT,
          file,
          field.path() + ".type",
          "field " + OneLine.of(field.name()) + " has a type that no contract may use");
    } else if (field.nullable() && !field.hasDefault()) {
      findings.add(
          LintRule.OPTIONAL_DEFAULT,
          file,
          field.path(),
          "field " + OneLine.of(field.name()) + " is optional and has no default");
    }
  }

  private static void checkPolicy(
      ContractDocument document, FieldDocument field, Findings findings) {
    String file = document.file();
    if (!isSnakeCase(field.name())) {
      findings.add(
          LintRule.NAME_NOT_SNAKE_CASE,
          file,
          field.path() + ".name",
          OneLine.of(field.name()) + " is not snake_case");
    }
    int bytes = field.name().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_NAME) {
      findings.add(
          LintRule.NAME_TOO_LONG,
          file,
          field.path() + ".name",
          "the name has %d bytes; at most %d fit: %s"
              .formatted(bytes, LONGEST_NAME, OneLine.of(field.name())));
    }
    if (field.doc().isEmpty()) {
      findings.add(
          LintRule.DOC_MISSING,
          file,
          field.path(),
          "field " + OneLine.of(field.name()) + " has no documentation");
    }
  }

  /** Avro tells names apart by every letter, PostgreSQL by the first 63 bytes in lower case. */
  private static void checkCollisions(ContractDocument document, Findings findings) {
    Map<String, String> seen = new HashMap<>();
    for (FieldDocument field : document.fields()) {
      claim(document, field.name(), field.path() + ".name", seen, findings);
      List<String> aliases = field.aliases();
      for (int i = 0; i < aliases.size(); i++) {
        String path = field.path() + ".aliases[" + i + "]";
        claim(document, aliases.get(i), path, seen, findings);
      }
    }
  }

  private static void claim(
      ContractDocument document,
      String name,
      String path,
      Map<String, String> seen,
      Findings findings) {
    String other = seen.putIfAbsent(identifier(name), name);
    if (other != null) {
      findings.add(
          LintRule.NAME_COLLISION,
          document.file(),
          path,
          OneLine.of(name) + " is taken by " + OneLine.of(other) + " already");
    }
  }

  private static String identifier(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.length() <= LONGEST_NAME ? lower : lower.substring(0, LONGEST_NAME);
  }
}
