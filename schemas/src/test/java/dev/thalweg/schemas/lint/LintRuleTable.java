package dev.thalweg.schemas.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules as schemas/LINT.md lists them. */
final class LintRuleTable {
  private LintRuleTable() {}

  static String line(LintRule rule) {
    String affected =
        rule.affects().stream().map(Affected::toString).collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s: %s | %s |"
        .formatted(
            rule.id(),
            rule.severity(),
            escaped(rule.description()),
            affected,
            escaped(rule.breaks()),
            escaped(rule.mend()));
  }

  private static String escaped(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|");
  }

  /** Writes the table anew into the file. */
  static void regenerate(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int heading = lines.indexOf("| --- | --- | --- | --- | --- |");
    Files.write(
        file,
        Stream.concat(
                lines.subList(0, heading + 1).stream(),
                Stream.of(LintRule.values()).map(LintRuleTable::line))
            .toList());
  }
}
