package dev.thalweg.schemas.lint;

import java.time.LocalDate;
import java.util.List;

/**
 * Finds all that is wrong with a directory of contracts. Nothing in a file makes it fail: what
 * cannot be read is a finding.
 */
public final class ContractLinter {
  private final List<HistoryCheck> checks;

  /** A linter for that day; deprecations depend on it. */
  public ContractLinter(LocalDate today) {
    checks =
        List.of(
            new HeaderCheck(),
            new FieldCheck(),
            new CoreFieldCheck(),
            new VersionCheck(),
            new CompatibilityCheck(),
            new DeprecationCheck(today),
            new RemovalCheck(today),
            new PersonalDataCheck(),
            new RulesCheck());
  }

  /** All findings in those files. */
  public LintReport lint(ContractFiles files) {
    ContractReading reading = ContractReading.of(files);
    Findings findings = new Findings();
    findings.addAll(reading.findings());
    IndexCheck.check(files, findings);
    ConsistencyCheck.check(reading.histories().values(), findings);
    List<Findings> found = reading.histories().values().parallelStream().map(this::check).toList();
    found.forEach(findings::addAll);
    return new LintReport(
        findings.all().stream().sorted().toList(),
        files.files().size(),
        reading.histories().size());
  }

  private Findings check(ContractHistory history) {
    Findings findings = new Findings();
    checks.forEach(check -> check.check(history, findings));
    return findings;
  }
}
