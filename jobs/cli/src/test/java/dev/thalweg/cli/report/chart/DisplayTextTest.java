package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {

  @Test
  void cutsLongTextWithAnEllipsis() {
    assertThat(DisplayText.cut("x".repeat(5000), 10)).isEqualTo("xxxxxxxxx…");
    assertThat(DisplayText.cut("0123456789", 10)).isEqualTo("0123456789");
  }

  @Test
  void keepsCharactersWhole() {
    assertThat(DisplayText.cut("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }

  @Test
  void writesOutWhatTurnsOrHidesText() {
    assertThat(DisplayText.visible("a\u202eb\u200fc\u001b[31m"))
        .isEqualTo("a\\u202eb\\u200fc\\u001b[31m");
  }

  @Test
  void leavesWritingFromRightToLeftAsItIs() {
    assertThat(DisplayText.visible("שלום")).isEqualTo("שלום");
  }
}
