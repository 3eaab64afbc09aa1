package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is released, and that it stays as it was. */
class ReleaseIndexTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  @Test
  void hashesTheTextWithoutCarriageReturns() {
    assertThat(ReleaseIndex.hash("a\r\nb\r\n")).isEqualTo(ReleaseIndex.hash("a\nb\n"));
    assertThat(ReleaseIndex.hash("a\nb\n")).isNotEqualTo(ReleaseIndex.hash("a\nb"));
    assertThat(ReleaseIndex.hash("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void survivesWritingAndReading() {
    ReleaseIndex index =
        ReleaseIndex.EMPTY.with(Map.of("events/b/v1.avsc", "b", "events/a/v1.avsc", "a"));
    assertThat(ReleaseIndex.parse(index.text()).text()).isEqualTo(index.text());
    assertThat(index.paths()).containsExactly("events/a/v1.avsc", "events/b/v1.avsc");
  }

  @Test
  void reportsLinesThatSayNothing() {
    String hash = ReleaseIndex.hash("");
    String text = "a " + hash + "\n\na " + hash + "\nb\nc xyz\nd " + hash + " more\n";
    assertThat(ReleaseIndex.parse(text).badLines())
        .extracting(ReleaseIndex.BadLine::number)
        .containsExactly(3, 4, 5, 6);
  }

  @Test
  void otherLineEndsAreNoChange() {
    ContractText sold = ContractText.event("sold", 1);
    ReleaseIndex index = ReleaseIndex.EMPTY.with(ContractText.texts(sold));
    String withReturns = sold.toString().replace("\n", "\r\n");
    ContractFiles files = ContractFiles.of(Map.of(sold.path(), withReturns), index);
    assertThat(new ContractLinter(TODAY).lint(files).findings()).isEmpty();
    assertThat(files.drafts()).isEmpty();
  }

  @Test
  void aReleasedFileThatIsGoneIsNoGapAsWell() {
    ContractText two = ContractText.event("sold", 2);
    ReleaseIndex index = ReleaseIndex.EMPTY.with(ContractText.texts(ContractText.event("sold", 1)));
    assertThat(
            new ContractLinter(TODAY)
                .lint(ContractFiles.of(ContractText.texts(two), index))
                .findings())
        .extracting(Finding::rule)
        .containsExactly(LintRule.RELEASED_REMOVED);
  }

  @Test
  void whatIsReleasedAndReplacedIsHeldToNoPolicy() {
    ContractText bad = ContractText.event("sold", 1).without("owner").without("doc");
    ContractText good = ContractText.event("sold", 2);
    ReleaseIndex index = ReleaseIndex.EMPTY.with(ContractText.texts(bad));
    assertThat(
            new ContractLinter(TODAY)
                .lint(ContractFiles.of(ContractText.texts(bad, good), index))
                .findings())
        .isEmpty();
    assertThat(new ContractLinter(TODAY).lint(ContractText.drafts(bad, good)).findings())
        .extracting(Finding::rule)
        .containsExactly(LintRule.DOC_MISSING, LintRule.OWNER_MISSING);
  }
}
