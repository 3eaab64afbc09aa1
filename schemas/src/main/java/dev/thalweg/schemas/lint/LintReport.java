package dev.thalweg.schemas.lint;

import java.util.List;

/**
 * What a lint found.
 *
 * @param findings by file and place
 * @param files how many files of contracts were read
 * @param contracts how many event types and records they describe
 */
public record LintReport(List<Finding> findings, int files, int contracts) {
  /** Keeps a copy. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** How many findings are errors. */
  public long errors() {
    return findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
  }

  /** How many findings are warnings. */
  public long warnings() {
    return findings.size() - errors();
  }
}
