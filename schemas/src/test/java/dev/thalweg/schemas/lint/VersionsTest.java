package dev.thalweg.schemas.lint;

import static dev.thalweg.schemas.lint.ContractText.drafts;
import static dev.thalweg.schemas.lint.ContractText.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the linter makes of the versions of one contract. */
class VersionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  private static List<String> lint(ContractText... versions) {
    return new ContractLinter(TODAY)
        .lint(drafts(versions)).findings().stream()
            .map(f -> f.rule().id() + " " + f.path() + " " + f.message())
            .toList();
  }

  private static ContractText sold(int version) {
    return event("sold", version);
  }

  private static ContractText mode(ContractText contract, CompatibilityMode mode) {
    return contract.set("compatibility", "'" + mode + "'");
  }

  private static final String NO_DEFAULT =
      "field a: the reader has no default for it and the writer does not write it";

  @Test
  void allOlderVersionsShareOneFinding() {
    assertThat(lint(sold(1), sold(2), sold(3).field("a", "'int'")))
        .containsExactly(
            "backward-incompatible $.fields[8] v3 as reader cannot read v1, v2 as writer: "
                + NO_DEFAULT);
  }

  @Test
  void everyModeAsksWhatItSaysAndRunningStateTheRest() {
    for (CompatibilityMode mode : CompatibilityMode.values()) {
      // v3 reads v2 and not v1; v2 reads v3 and v1 does too.
      List<String> found =
          lint(sold(1), sold(2).field("a", "'int'", "1"), mode(sold(3).field("a", "'int'"), mode));
      String rule =
          mode.transitive() && mode.backward() ? "backward-incompatible" : "state-unreadable";
      assertThat(found)
          .as(mode.toString())
          .containsExactly(
              rule + " $.fields[8] v3 as reader cannot read v1 as writer: " + NO_DEFAULT);
    }
  }

  @Test
  void oldReadersCountWhereTheModeAsksForThem() {
    for (CompatibilityMode mode : CompatibilityMode.values()) {
      List<String> found =
          lint(
              sold(1).field("a", "'int'"),
              sold(2).field("a", "'long'"),
              mode(sold(3).field("a", "'long'"), mode));
      boolean asked = mode.forward() && mode.transitive();
      assertThat(found).as(mode.toString()).hasSize(asked ? 1 : 0);
      assertThat(found)
          .allMatch(
              f ->
                  f.startsWith(
                      "forward-incompatible $.fields[8].type v1 as reader cannot read v3"));
    }
  }

  @Test
  void theModeOfTheNewestVersionCounts() {
    assertThat(
            lint(
                mode(sold(1).field("a", "'int'"), CompatibilityMode.NONE),
                sold(2).field("a", "'long'")))
        .singleElement()
        .asString()
        .startsWith("forward-incompatible");
  }

  @Test
  void aSupersededVersionIsLeftOut() {
    ContractText bad = sold(2).field("a", "'string'");
    ContractText mended = sold(3).field("a", "'int'", "0");
    assertThat(lint(sold(1), bad, mended)).hasSize(2);
    String reason = "[{'version': 2, 'reason': 'amounts were texts'}]";
    assertThat(lint(sold(1), bad, mended.set("supersedes", reason))).isEmpty();
  }

  @Test
  void supersedingOneVersionHidesNothingOfTheOthers() {
    String reason = "[{'version': 2, 'reason': 'wrong unit'}]";
    assertThat(
            lint(
                sold(1).field("a", "'string'"),
                sold(2).field("a", "'string'"),
                sold(3).field("a", "'int'").set("supersedes", reason)))
        .hasSize(2)
        .allMatch(found -> found.contains("v1") && !found.contains("v2"));
    assertThat(
            lint(
                sold(1).field("a", "'string'"),
                sold(2),
                sold(3).set("supersedes", reason).set("compatibility", "'BACKWARD'")))
        .singleElement()
        .asString()
        .startsWith("removed-undeprecated $.fields field a of v1");
  }

  @Test
  void aNonTransitiveModeLooksPastASupersededVersion() {
    String reason = "[{'version': 2, 'reason': 'wrong unit'}]";
    ContractText newest =
        sold(3).field("a", "'long'").set("supersedes", reason).set("compatibility", "'FORWARD'");
    assertThat(lint(sold(1).field("a", "'int'"), sold(2).field("a", "'long'"), newest))
        .singleElement()
        .asString()
        .startsWith("forward-incompatible $.fields[8].type v1 as reader cannot read v3");
  }

  @Test
  void columnsOnlyWiden() {
    for (String change : List.of("int long", "int double", "float double")) {
      assertThat(lintChange(change)).as(change).isEmpty();
    }
    for (String change : List.of("int float", "long float", "long double", "string bytes")) {
      assertThat(lintChange(change))
          .as(change)
          .singleElement()
          .asString()
          .startsWith("column-type-change $.fields[8].type");
    }
  }

  private static List<String> lintChange(String change) {
    String[] types = change.split(" ");
    return lint(
        sold(1).field("a", "'" + types[0] + "'"),
        mode(sold(2).field("a", "'" + types[1] + "'"), CompatibilityMode.BACKWARD_TRANSITIVE));
  }

  @Test
  void aTimestampIsAnotherColumnThanALong() {
    assertThat(
            lint(
                sold(1).field("a", "'long'"),
                sold(2).field("a", "{'type': 'long', 'logicalType': 'timestamp-millis'}")))
        .singleElement()
        .asString()
        .startsWith("column-type-change");
  }

  @Test
  void aRenamedFieldIsNotRemoved() {
    assertThat(
            lint(
                sold(1).field("a", "'int'", "0"),
                sold(2).field("b", "'int'", "0").on("b", "aliases", "['a']")))
        .isEmpty();
  }

  @Test
  void aNameThatReturnsWithItsTypeIsFine() {
    String over = "{'since': '2026-01-01', 'sunset': '2026-10-31', 'reason': 'r'}";
    assertThat(
            lint(
                sold(1).field("a", "'int'", "0").on("a", "deprecated", over),
                sold(2),
                sold(3).field("a", "'int'", "0")))
        .isEmpty();
  }

  @Test
  void aSunsetIsTheLastDayForReadersAndTheFirstForRemoval() {
    String ends = "{'since': '2026-01-01', 'sunset': '2026-11-01', 'reason': 'r'}";
    ContractText deprecated = sold(1).field("a", "'int'", "0").on("a", "deprecated", ends);
    assertThat(lint(deprecated)).singleElement().asString().startsWith("deprecated $.fields[8]");
    assertThat(lint(deprecated, sold(2))).isEmpty();
    assertThat(new ContractLinter(TODAY.plusDays(1)).lint(drafts(deprecated)).errors()).isOne();
    assertThat(new ContractLinter(TODAY.minusDays(1)).lint(drafts(deprecated, sold(2))).errors())
        .isOne();
    assertThat(new ContractLinter(LocalDate.of(2025, 12, 31)).lint(drafts(deprecated)).findings())
        .isEmpty();
  }

  @Test
  void namesEveryVersionWhoseEventsMeetANewRule() {
    assertThat(
            lint(sold(1), sold(2).rule("r", "event_id != ''"), sold(3).rule("r", "event_id != ''")))
        .containsExactly(
            "rule-changed $.rules[0] events of v1 were not held to rule r: event_id != ''");
  }

  @Test
  void aVersionThatCannotBeReadIsNoGap() {
    assertThat(lint(sold(1), sold(2).set("fields", "1"), sold(3)))
        .allMatch(found -> found.startsWith("property-type") || found.startsWith("core-missing"));
  }
}
