package dev.thalweg.cli.report;

import static dev.thalweg.cli.report.TestViews.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.chart.Svg;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ViewsPageTest {
  private static final Instant NOW = NOON.plusSeconds(7200);

  private static Svg page(ViewsSnapshot views) {
    return Svg.parse(ViewsPage.html(views, NOW));
  }

  private static String text(ViewsSnapshot views) {
    return page(views).document().getDocumentElement().getTextContent();
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
    Svg page = page(TestViews.named(name));

    assertThat(page.all("script")).isEmpty();
    assertThat(page.all("svg")).isNotEmpty();
    assertThat(page.all("section")).hasSize(6);
  }

  @Test
  void namesAreTextAndNothingElse() {
    String html = ViewsPage.html(TestViews.named("<img src=x onerror=\"x\">"), NOW);

    assertThat(html).doesNotContain("<img").contains("&lt;img src=x onerror=&quot;x&quot;&gt;");
  }

  @Test
  void asksForNothingFromOutside() {
    String html = ViewsPage.html(TestViews.named("plain"), NOW);

    assertThat(html.replaceAll("xmlns=\"http://www\\.w3\\.org/(1999/xhtml|2000/svg)\"", ""))
        .doesNotContainIgnoringCase("http")
        .doesNotContain("url(", "@import", "src=", "<link", "<script");
    assertThat(Svg.parse(html).all("a"))
        .extracting(link -> link.getAttribute("href"))
        .allMatch(target -> target.startsWith("#"));
  }

  @Test
  void longNamesAreCut() {
    String html = ViewsPage.html(TestViews.named("n".repeat(5000)), NOW);

    assertThat(html).contains("nnn…").doesNotContain("n".repeat(100)).hasSizeLessThan(60_000);
  }

  @Test
  void controlsOfDirectionAreWrittenOut() {
    assertThat(ViewsPage.html(TestViews.named("a\u202eb"), NOW))
        .contains("a\\u202eb")
        .doesNotContain("\u202e");
  }

  @Test
  void saysWhenAndWhichDeployment() {
    assertThat(text(TestViews.named("plain")))
        .contains("Views of shop")
        .contains("as they were on 2 Mar 2026, 14:00 UTC")
        .contains("newest event 2 Mar 2026, 12:31")
        .contains("schema shop_views");
  }

  @Test
  void everyChartHasATitleAndItsNumbers() {
    Svg page = page(TestViews.named("plain"));

    assertThat(page.all("svg"))
        .allSatisfy(
            svg -> {
              assertThat(svg.getAttribute("aria-label")).isNotBlank();
              assertThat(((Element) svg.getFirstChild()).getTagName()).isEqualTo("title");
            });
    for (Element figure : page.all("figure")) {
      if (figure.getElementsByTagName("svg").getLength() > 0) {
        assertThat(figure.getElementsByTagName("details").getLength()).isEqualTo(1);
      }
    }
  }

  @Test
  void theLedgerIsAnEquation() {
    assertThat(text(TestViews.named("plain")))
        .contains("✓ adds up")
        .contains("60,000consumed58,167accepted1,238duplicate0late595dead letters");
  }

  @Test
  void stepsHaveSharesOfTheFirstAndOfTheOneBefore() {
    assertThat(page(TestViews.named("plain")).texts("text"))
        .contains("200", "100  ·  50.0 % of first", "25  ·  12.5 % of first · 25.0 % of before");
  }

  @Test
  void periodsThatAreAheadAreADash() {
    assertThat(page(TestViews.named("plain")).all("td", "number"))
        .filteredOn(cell -> cell.getAttribute("class").matches("number (unknown|h.*)"))
        .extracting(Element::getTextContent)
        .containsExactly("40.0 %", "–");
  }

  @Test
  void emptyViewsMakeAPageToo() {
    assertThat(page(TestViews.empty()).texts("p")).filteredOn("None."::equals).hasSize(6);
    assertThat(text(TestViews.empty())).contains("newest event none yet");
  }
}
