package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As many contracts as a large company has. */
class LargeSetTest {
  private static final int CONTRACTS = 500;
  private static final int VERSIONS = 10;

  @Test
  void oneFaultAmongFiveThousandFilesIsFound() {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < CONTRACTS; i++) {
      for (int version = 1; version <= VERSIONS; version++) {
        ContractText contract = contract(i, version);
        if (i == 321 && version == VERSIONS) {
          contract.field("fault", "'int'");
        }
        texts.put(contract.path(), contract.toString());
      }
    }
    LintReport report =
        new ContractLinter(LocalDate.of(2026, 11, 1))
            .lint(ContractFiles.of(texts, ReleaseIndex.EMPTY));
    assertThat(report.files()).isEqualTo(CONTRACTS * VERSIONS);
    assertThat(report.contracts()).isEqualTo(CONTRACTS);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.file()).isEqualTo("events/type_dcb/v10.avsc");
              assertThat(finding.message())
                  .startsWith("v10 as reader cannot read v1, v2, v3, v4, v5, v6, v7, v8, v9");
            });
  }

  private static ContractText contract(int number, int version) {
    ContractText contract =
        ContractText.event("type_" + letters(number), version)
            .rule("event-id", "event_id != ''")
            .rule("limit", "quantity < " + (number + 100))
            .field("quantity", "'int'", "1");
    for (int i = 0; i < version; i++) {
      contract.field("attribute_" + number + "_" + i, "['null', 'string']", "null");
    }
    return contract;
  }

  private static String letters(int number) {
    StringBuilder letters = new StringBuilder();
    for (char digit : String.valueOf(number).toCharArray()) {
      letters.append((char) ('a' + digit - '0'));
    }
    return letters.toString();
  }
}
