package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.ContractException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a file makes the linter fail: it becomes a finding with a place. */
class HostileContractsTest {
  private static final ContractLinter LINTER = new ContractLinter(LocalDate.of(2026, 11, 1));
  private static final String PATH = "events/sold/v1.avsc";

  @TempDir private Path folder;

  private static List<Finding> lint(String text) {
    return lint(ContractFiles.of(Map.of(PATH, text), ReleaseIndex.EMPTY));
  }

  private static List<Finding> lint(ContractFiles files) {
    List<Finding> findings = new ContractLinter(LocalDate.of(2026, 11, 1)).lint(files).findings();
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(finding.path()).startsWith("$");
              assertThat(finding.message().lines()).hasSize(1);
              assertThat(finding.message()).hasSizeLessThan(800);
            });
    return findings;
  }

  private static String sold(String field) {
    String text = ContractText.event("sold", 1).toString();
    return text.substring(0, text.lastIndexOf(']')) + "," + field + "]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "null",
        "[]",
        "\"record\"",
        "{\"a\":1}}",
        "{} {}",
        "{'type':'record'}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "\u0000",
        "\uFEFF{}"
      })
  void whatIsNoJsonObjectIsOneFinding(String text) {
    assertThat(lint(text)).extracting(Finding::rule).containsExactly(LintRule.JSON_INVALID);
  }

  @Test
  void saysTheLineOfBadJson() {
    assertThat(lint("{\n  \"type\": record\n}"))
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("line 2");
  }

  @Test
  void findsAllDuplicateKeys() {
    assertThat(lint("{\"x\": 1, \"x\": {\"y\": 1, \"y\": [{\"a b\": 1, \"a b\": 2}]}}"))
        .filteredOn(finding -> finding.rule() == LintRule.JSON_DUPLICATE_KEY)
        .extracting(Finding::path)
        .containsExactly("$.x", "$.x.y", "$.x.y[0]['a b']");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 5_000, 100_000})
  void deepNestingIsOneFinding(int depth) {
    String arrays = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
    assertThat(lint(sold("{\"name\":\"x\",\"doc\":\"d\",\"type\":" + arrays + "}")))
        .extracting(Finding::rule)
        .containsExactly(LintRule.JSON_TOO_DEEP);
    assertThat(lint("[".repeat(depth))).hasSize(1);
    assertThat(lint("{\"a\":".repeat(depth)))
        .extracting(Finding::rule)
        .containsExactly(LintRule.JSON_TOO_DEEP);
  }

  @Test
  void nestingWithinTheLimitIsNotFlat() {
    String arrays = "{\"type\":\"array\",\"items\":".repeat(40) + "\"int\"" + "}".repeat(40);
    assertThat(lint(sold("{\"name\":\"x\",\"doc\":\"d\",\"type\":" + arrays + "}")))
        .extracting(Finding::rule)
        .containsExactly(LintRule.NOT_FLAT);
  }

  @Test
  void cyclesAreNotFlat() {
    assertThat(
            lint(
                sold(
                    "{\"name\":\"x\",\"doc\":\"d\",\"type\":[\"null\",\"Sold\"],\"default\":null}")))
        .extracting(Finding::rule)
        .containsExactly(LintRule.NOT_FLAT);
    assertThat(lint(sold("{\"name\":\"x\",\"doc\":\"d\",\"type\":\"Sold\",\"default\":{}}")))
        .isNotEmpty();
  }

  @Test
  void tenThousandFieldsAreOneFinding() {
    StringBuilder fields = new StringBuilder("{\"name\":\"f0\",\"type\":\"int\",\"doc\":\"d\"}");
    for (int i = 1; i < 10_000; i++) {
      fields.append(",{\"name\":\"f").append(i).append("\",\"type\":\"int\",\"doc\":\"d\"}");
    }
    assertThat(lint(sold(fields.toString())))
        .extracting(Finding::rule)
        .containsExactly(LintRule.TOO_MANY_FIELDS);
  }

  @Test
  void aFileOfFiftyMegabytesIsNotRead() throws IOException {
    Path file = folder.resolve(PATH);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(50L << 20);
    }
    assertThat(lint(ContractFiles.below(folder)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(LintRule.FILE_TOO_LARGE);
              assertThat(finding.message()).contains("52428800 bytes");
            });
  }

  @Test
  void looksAtNothingHiddenAndAtAllThatShouldBeAContract() throws IOException {
    for (String path :
        List.of(
            "events/.DS_Store", ".git/x.avsc", "README.md", "events/sold/v2.avsc.orig", "x.avsc")) {
      Files.createDirectories(folder.resolve(path).getParent());
      Files.writeString(folder.resolve(path), "x");
    }
    assertThat(lint(ContractFiles.below(folder)))
        .extracting(finding -> finding.rule() + " " + finding.file())
        .containsExactly("MISPLACED_FILE events/sold/v2.avsc.orig", "MISPLACED_FILE x.avsc");
  }

  @Test
  void aDirectoryThatIsNotThereIsSaidInOneLine() {
    assertThatThrownBy(() -> ContractFiles.below(folder.resolve("nowhere")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("there is no such directory of contracts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type",
        "name",
        "namespace",
        "doc",
        "owner",
        "compatibility",
        "rules",
        "fields",
        "deprecated",
        "supersedes"
      })
  void propertiesOfAnotherTypeAreFindingsAtTheirPlace(String property) {
    for (String value : List.of("1", "{}", "[1]", "true", "null")) {
      List<Finding> findings = lint(ContractText.event("sold", 1).set(property, value).toString());
      assertThat(findings).as(property + " " + value).isNotEmpty();
      assertThat(findings.get(0).path()).as(value).startsWith("$." + property);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "type", "doc", "aliases", "personal", "deprecated"})
  void propertiesOfFieldsToo(String property) {
    for (String value : List.of("1", "{}", "[1]", "true", "null")) {
      List<Finding> findings =
          lint(
              ContractText.event("sold", 1)
                  .field("a", "'int'")
                  .on("a", property, value)
                  .toString());
      assertThat(findings).as(property + " " + value).isNotEmpty();
      assertThat(findings.get(0).path()).as(value).startsWith("$.fields[8]");
    }
  }

  @Test
  void oneBadFieldHidesNothingOfTheOthers() {
    assertThat(
            lint(
                ContractText.event("sold", 1)
                    .field("a", "'nobody'")
                    .field("b", "'int'", "'text'")
                    .field("email", "'string'")
                    .field("D", "'int'")
                    .toString()))
        .extracting(finding -> finding.rule() + " " + finding.path())
        .containsExactly(
            "AVRO_INVALID $.fields[8]",
            "AVRO_INVALID $.fields[9]",
            "PERSONAL_UNMARKED $.fields[10]",
            "NAME_NOT_SNAKE_CASE $.fields[11].name");
  }

  @Test
  void expressionsThatAreNoRulesAreFindings() {
    String deep = "(".repeat(5_000) + "true" + ")".repeat(5_000);
    String wide = "event_id != ''" + " && event_id != ''".repeat(5_000);
    for (String cel :
        List.of(
            "",
            " ",
            "1",
            "event_id",
            "event_id >",
            "nobody == 1",
            "'",
            "event_id + 1 > 0",
            deep,
            "[".repeat(9_000),
            "event_id" + " + event_id".repeat(9_000))) {
      assertThat(lint(ContractText.event("sold", 1).rule("r", cel).toString()))
          .as(cel.substring(0, Math.min(20, cel.length())))
          .extracting(Finding::rule)
          .containsExactly(LintRule.RULE_INVALID);
    }
    assertThat(lint(ContractText.event("sold", 1).rule("r", wide).toString()).size())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void nothingElseHappensOnDamagedFiles() {
    Random random = new Random(7);
    String whole =
        ContractText.event("sold", 1)
            .field("email", "['null', 'string']", "null")
            .on("email", "personal", "{'class': 'email', 'protection': 'drop'}")
            .on(
                "email",
                "deprecated",
                "{'since': '2026-01-01', 'sunset': '2027-01-01', 'reason': 'r'}")
            .set("supersedes", "[{'version': 1, 'reason': 'r'}]")
            .rule("r", "email != ''")
            .toString();
    String second = ContractText.event("sold", 2).toString();
    int found = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(6));
        text.replace(at, end, random.nextBoolean() ? "" : pick(random));
      }
      found +=
          lint(ContractFiles.of(
                  Map.of(PATH, text.toString(), "events/sold/v2.avsc", second), ReleaseIndex.EMPTY))
              .size();
    }
    assertThat(found).isGreaterThan(500);
  }

  private static String pick(Random random) {
    String[] parts = {
      "null", "{}", "[]", "\"\"", "1", "\n", "\"type\":", ",", "\"int\"", "-", "1e999"
    };
    return parts[random.nextInt(parts.length)];
  }
}
