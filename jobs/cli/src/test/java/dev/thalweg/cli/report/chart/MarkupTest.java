package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void escapesTextAndAttributes() {
    Markup markup = new Markup().element("b", "<script>&'\"", "title", "\"><script>'&");

    assertThat(markup)
        .hasToString(
            "<b title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;script&gt;&amp;&#39;&quot;</b>");
  }

  @Test
  void replacesWhatNoXmlMayHold() {
    Markup markup = new Markup().element("b", "a\u0000b\u001bc\ud800d\uffffe😀");

    assertThat(markup).hasToString("<b>a�b�c�d�e😀</b>");
    assertThat(Svg.parse(markup.toString()).texts("b")).containsExactly("a�b�c�d�e😀");
  }

  @Test
  void leavesOutAttributesWithoutValue() {
    assertThat(new Markup().empty("rect", "class", null, "x", 1.25, "y", 2.0))
        .hasToString("<rect x=\"1.3\" y=\"2\" />");
  }

  @Test
  void refusesToEndEarly() {
    Markup markup = new Markup().open("div").open("p");

    assertThatThrownBy(markup::toString).hasMessageContaining("[p, div]");
  }
}
