package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The library keeps its own rules. */
class OwnContractsTest {
  private static final Path CONTRACTS = Oracles.repository("schemas/src/main/avro/contracts");

  @Test
  void lintWithoutFindings() {
    ContractFiles files = ContractFiles.below(CONTRACTS);
    LintReport report = new ContractLinter(LocalDate.of(2026, 11, 1)).lint(files);
    assertThat(report.findings()).isEmpty();
    assertThat(report.contracts()).isGreaterThanOrEqualTo(11);
  }

  @Test
  void areReleased() {
    assertThat(ContractFiles.below(CONTRACTS).drafts()).isEmpty();
  }
}
