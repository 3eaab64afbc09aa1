package dev.thalweg.cli.scorecard;

import static dev.thalweg.cli.scorecard.TestScorecards.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.chart.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ExperimentsPageTest {

  private static String html(PhaseScorecard card) {
    return ExperimentsPage.of("shop_views", card, NOON).html();
  }

  private static String text(String html) {
    return Svg.parse(html).document().getDocumentElement().getTextContent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "<script>alert(1)</script>",
        "\"' onload='alert(1)",
        "</style></svg></title>]]>&amp;<!--",
        "a\u202eb\u0000c\ud800d",
        "http://example.com/x.js",
      })
  void isWellFormedWhateverTheNames(String name) {
    Svg page = Svg.parse(html(TestScorecards.named(name)));

    assertThat(page.all("script")).isEmpty();
    assertThat(page.all("svg")).hasSize(4);
    assertThat(page.all("section")).hasSize(1);
    assertThat(html(TestScorecards.named(name))).doesNotContain("\u202e", "<!--");
  }

  @Test
  void asksForNothingFromOutside() {
    String html = html(TestScorecards.checkout());

    assertThat(html.replaceAll("xmlns=\"http://www\\.w3\\.org/(1999/xhtml|2000/svg)\"", ""))
        .doesNotContainIgnoringCase("http")
        .doesNotContain("url(", "@import", "src=", "<link", "<script");
  }

  @Test
  void longNamesAreCut() {
    assertThat(html(TestScorecards.named("n".repeat(50_000))))
        .contains("nnn…")
        .hasSizeLessThan(60_000);
  }

  @Test
  void theDecisionComesFirst() {
    Svg page = Svg.parse(html(TestScorecards.checkout()));
    Element banner = page.all("article").get(0);

    assertThat(banner.getAttribute("class")).isEqualTo("card banner ship");
    assertThat(banner.getTextContent())
        .isEqualTo(
            "decisionship treatmentpurchase of treatment: +0.015, +12.50 % (p = 0.0300)"
                + "since 5 Mar 2026, 12:00 UTC · done automatically");
  }

  @Test
  void chartsHaveTitlesAndWordsAndTables() {
    Svg page = Svg.parse(html(TestScorecards.checkout()));

    assertThat(page.all("svg"))
        .allSatisfy(
            svg -> {
              assertThat(svg.getAttribute("aria-label")).isNotBlank();
              assertThat(((Element) svg.getFirstChild()).getTagName()).isEqualTo("title");
            });
    assertThat(page.texts("desc"))
        .isNotEmpty()
        .allSatisfy(
            words ->
                assertThat(words)
                    .startsWith(
                        "purchase: treatment converts 12.5 % more (from +0.12 % to +24.9 %)")
                    .contains("amount: treatment: no difference is sure yet"));
    assertThat(page.all("table")).hasSize(3);
    assertThat(page.texts("td"))
        .containsSequence(
            "purchase",
            "treatment",
            "10,000",
            "13.5 %",
            "+1.5 pp",
            "+12.5 %",
            "+0.1 to +2.9 pp",
            "0.0300",
            "0.0300",
            "0.0015",
            "");
  }

  @Test
  void unitsStandAgainstWhatWeightsPromise() {
    Svg page = Svg.parse(html(TestScorecards.checkout()));

    assertThat(page.all("line", "expected")).hasSize(4);
    assertThat(page.texts("text")).contains("10,000  ·  50.0 % · promised 10,000");
    assertThat(text(html(TestScorecards.checkout()))).contains("✓ ok", "rule_violation412");
  }

  @Test
  void saysWhatIsAbsent() {
    PhaseScorecard none =
        new ExperimentView(
                "checkout", List.of(TestScorecards.definition(TestScorecards.CHECKOUT)), List.of())
            .newest();

    assertThat(text(html(none))).contains("No decision yetNo exposure was counted.");
    assertThat(text(ExperimentsPage.of(new ExperimentsSnapshot("views", List.of()), NOON).html()))
        .contains("No experiments.");
  }

  @Test
  void oneFileHoldsAllExperiments(@TempDir Path directory) throws IOException {
    ExperimentView first =
        new ExperimentView("first", List.of(), List.of(TestScorecards.numbers()));
    ExperimentView second =
        new ExperimentView("second", List.of(), List.of(TestScorecards.numbers()));
    Path file = directory.resolve("page.html");
    ExperimentsPage.of(new ExperimentsSnapshot("views", List.of(first, second)), NOON).write(file);

    Svg page = Svg.parse(Files.readString(file));
    assertThat(page.all("section")).hasSize(2);
    assertThat(page.all("a"))
        .extracting(link -> link.getAttribute("href") + " " + link.getTextContent())
        .containsExactly("#experiment-1 first", "#experiment-2 second");
    assertThat(page.texts("title")).startsWith("Experiments");
  }
}
