package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A directory of contracts with known faults. */
class BrokenContractsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(BrokenContractsTest.class.getResource(name).toURI());
  }

  private static List<String> planted() throws IOException, URISyntaxException {
    try (Stream<String> lines = Files.lines(resource("broken-faults.txt"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| "))
          .map(fault -> fault[0] + " " + fault[1] + " " + fault[2])
          .toList();
    }
  }

  @Test
  void eachFaultIsOneFindingAndThereIsNoOther() throws IOException, URISyntaxException {
    LintReport report = new ContractLinter(TODAY).lint(ContractFiles.below(resource("broken")));
    assertThat(planted()).hasSize(25);
    assertThat(report.findings())
        .extracting(finding -> finding.file() + " " + finding.path() + " " + finding.rule().id())
        .containsExactlyInAnyOrderElementsOf(planted());
    assertThat(report.errors()).isEqualTo(23);
    assertThat(report.warnings()).isEqualTo(2);
  }

  @Test
  void everyFindingSaysInOneLineWhatBreaksForWhomAndHowToMendIt()
      throws IOException, URISyntaxException {
    List<Finding> findings =
        new ContractLinter(TODAY).lint(ContractFiles.below(resource("broken"))).findings();
    assertThat(findings)
        .isNotEmpty()
        .isSorted()
        .allSatisfy(
            finding -> {
              assertThat(finding.message().lines()).hasSize(1);
              assertThat(finding.breaks()).isNotBlank();
              assertThat(finding.affects()).isNotEmpty();
              assertThat(finding.mend()).isNotBlank();
            });
  }

  @Test
  void compatibilityFindingsNameReaderAndWriter() throws IOException, URISyntaxException {
    List<Finding> findings =
        new ContractLinter(TODAY).lint(ContractFiles.below(resource("broken"))).findings();
    assertThat(findings)
        .filteredOn(finding -> finding.rule() == LintRule.BACKWARD_INCOMPATIBLE)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo(
                      "v2 as reader cannot read v1 as writer: field channel: the reader has no"
                          + " default for it and the writer does not write it");
              assertThat(finding.affects())
                  .containsExactly(Affected.NEW_READERS, Affected.RUNNING_STATE);
            });
    assertThat(findings)
        .filteredOn(finding -> finding.rule() == LintRule.FORWARD_INCOMPATIBLE)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).startsWith("v1 as reader cannot read v2 as writer: ");
              assertThat(finding.affects()).containsExactly(Affected.OLD_READERS);
            });
  }
}
