package dev.thalweg.cli.contracts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.lint.Affected;
import dev.thalweg.schemas.lint.Finding;
import dev.thalweg.schemas.lint.LintReport;
import java.util.Set;
import java.util.stream.Collectors;

/** Words a report for people and for programs. */
final class LintPrinter {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LintReport report;
  private final Set<String> released;
  private final boolean releaseAsked;

  LintPrinter(LintReport report, Set<String> released, boolean releaseAsked) {
    this.report = report;
    this.released = released;
    this.releaseAsked = releaseAsked;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (Finding finding : report.findings()) {
      String affected =
          finding.affects().stream().map(Affected::toString).collect(Collectors.joining(", "));
      out.append(
          "%s %s: %s %s: %s%n"
              .formatted(
                  finding.file(),
                  finding.path(),
                  finding.severity(),
                  finding.rule().id(),
                  finding.message()));
      out.append("    breaks for %s: %s%n".formatted(affected, finding.breaks()));
      out.append("    mend: %s%n".formatted(finding.mend()));
    }
    out.append(
        "%s in %s of %s%n"
            .formatted(
                counts(), many(report.files(), "file"), many(report.contracts(), "contract")));
    if (releaseAsked) {
      out.append(releaseLine()).append(System.lineSeparator());
    }
    return out.toString();
  }

  private String counts() {
    return report.findings().isEmpty()
        ? "no findings"
        : many(report.errors(), "error") + ", " + many(report.warnings(), "warning");
  }

  private String releaseLine() {
    if (report.errors() > 0) {
      return "nothing is released while there are errors";
    }
    return released.isEmpty()
        ? "there is no draft to release"
        : "released: " + String.join(", ", released);
  }

  private static String many(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  String json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("errors", report.errors());
    root.put("warnings", report.warnings());
    root.put("files", report.files());
    root.put("contracts", report.contracts());
    ArrayNode findings = root.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode node = findings.addObject();
      node.put("file", finding.file());
      node.put("path", finding.path());
      node.put("rule", finding.rule().id());
      node.put("severity", finding.severity().toString());
      node.put("message", finding.message());
      ArrayNode affects = node.putArray("affects");
      finding.affects().forEach(affected -> affects.add(affected.toString()));
      node.put("breaks", finding.breaks());
      node.put("mend", finding.mend());
    }
    if (releaseAsked) {
      ArrayNode list = root.putArray("released");
      released.forEach(list::add);
    }
    return root.toPrettyString() + System.lineSeparator();
  }
}
