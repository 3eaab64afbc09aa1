package dev.thalweg.cli.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How text and numbers are laid out. */
class LayoutTest {

  @Test
  void textWraps() {
    assertThat(WrappedText.lines("one two three", 8, 2)).containsExactly("one two", "  three");
    assertThat(WrappedText.lines("abcdefghij k", 4, 1))
        .containsExactly("abcd", " efg", " hij", " k");
    assertThat(WrappedText.lines("", 8, 2)).containsExactly("");
  }

  @Test
  void aWideTableIsSeveral() {
    FittedTable table = new FittedTable(1, List.of("a", "bb", "cc")).row(List.of("x", "1", "22"));

    assertThat(table.lines(20)).containsExactly("a  bb  cc", "-  --  --", "x   1  22");
    assertThat(table.lines(6))
        .containsExactly("a  bb", "-  --", "x   1", "", "a  cc", "-  --", "x  22");
  }

  @Test
  void anIntervalThatIsNotKnownLeavesItsLineEmpty() {
    IntervalPlot plot =
        new IntervalPlot(Glyphs.ASCII, Amounts::percent, List.of())
            .line("a", Optional.of(new EffectRange(0, -0.5, 0.5)), "s")
            .line("bb", Optional.empty(), "not known");

    assertThat(plot.lines(36))
        .containsExactly(
            "a   [=========o=========]  s",
            "bb            |            not known",
            "    -50 %    0 %    +50 %");
  }

  @Test
  void withoutIntervalsThereIsNoPlot() {
    assertThat(
            new IntervalPlot(Glyphs.ASCII, Amounts::percent, List.of(-0.02))
                .line("a", Optional.empty(), "not known")
                .lines(80))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.081, +8.1 %",
    "-0.0999, -10 %",
    "0.00312, +0.31 %",
    "-0.00001, 0 %",
    "0, 0 %",
    "0.01, +1 %",
    "12.345, '+1,234.5 %'",
    "NULL, –"
  })
  void relativeDifferencesAreInPercent(String share, String text) {
    assertThat(Amounts.percent(share.equals("NULL") ? null : (Double) Double.parseDouble(share)))
        .isEqualTo(text);
  }

  @Test
  void pValuesHaveFourDigits() {
    assertThat(List.of(Amounts.p(0.03), Amounts.p(0.00009), Amounts.p(1.0), Amounts.p(null)))
        .containsExactly("0.0300", "<0.0001", "1", "–");
    assertThat(Amounts.saidP(0.00009)).isEqualTo("p < 0.0001");
    assertThat(Amounts.saidP(null)).isEqualTo("p is not known");
  }

  @Test
  void conversionsAreInPercentAndPoints() {
    Amounts rates = new Amounts(true);
    Amounts numbers = new Amounts(false);

    assertThat(rates.mean(0.1234)).isEqualTo("12.34 %");
    assertThat(rates.change(-0.005)).isEqualTo("-0.5 pp");
    assertThat(rates.range(-0.005, 0.01)).isEqualTo("-0.5 to +1 pp");
    assertThat(numbers.mean(1234.56)).isEqualTo("1,234.6");
    assertThat(numbers.range(null, 1.0)).isEqualTo("–");
    assertThat(numbers.change(null)).isEqualTo("–");
  }
}
