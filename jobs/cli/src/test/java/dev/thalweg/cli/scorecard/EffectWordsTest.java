package dev.thalweg.cli.scorecard;

import static dev.thalweg.cli.scorecard.TestScorecards.arm;
import static dev.thalweg.cli.scorecard.TestScorecards.baseline;
import static dev.thalweg.cli.scorecard.TestScorecards.compared;
import static dev.thalweg.cli.scorecard.TestScorecards.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The relative interval is as many standard errors of the relative effect as the absolute one. */
class EffectWordsTest {
  private static final ScorecardRow CONTROL = baseline("control", 10_000, 500, 250_000);

  private static List<String> sentences(String metric, ScorecardRow... rows) {
    PhaseScorecard card = TestScorecards.checkout();
    return new EffectWords(card, new MetricScores(metric, List.of(rows))).sentences();
  }

  private static ScorecardRow amount(double mean, double half, double p) {
    return compared("treatment", arm(10_000, mean, 250_000), 500, 7.0710678, half, p, p);
  }

  /**
   * 450 of 500 with variances of 25 each: sqrt(25 * 0.81 + 25) / 500 = 0.0134536; 20 / 7.0710678.
   */
  @Test
  void aSureLossBreaksAGuardrail() {
    assertThat(sentences("amount", CONTROL, amount(450, 20, 0.00001)))
        .containsExactly(
            "amount of treatment is 10 % lower (from -13.8 % to -6.2 %), which is sure at any look:"
                + " p < 0.0001.",
            "Guardrail: amount may fall by 2 %. treatment surely breaks it.");
  }

  /** 550 of 500: sqrt(25 * 1.21 + 25) / 500 = 0.0148661; times 2.8284271 is 0.0420476. */
  @Test
  void aSureGainKeepsAGuardrail() {
    assertThat(sentences("amount", CONTROL, amount(550, 20, 0.012)))
        .containsExactly(
            "amount of treatment is 10 % higher (from +5.8 % to +14.2 %), which is sure at any"
                + " look: p = 0.0120.",
            "Guardrail: amount may fall by 2 %. treatment surely keeps it.");
  }

  @Test
  void conversionsMayFall() {
    ScorecardRow treatment =
        compared("treatment", arm(10_000, 0.1, 0.09), 0.12, 0.0044227, 0.013, 0.001, 0.001);

    assertThat(sentences("purchase", baseline("control", 10_000, 0.12, 0.1056), treatment))
        .singleElement()
        .asString()
        .startsWith("treatment converts 16.7 % less (from -2")
        .endsWith("which is sure at any look: p = 0.0010.");
  }

  @Test
  void withoutABaselineToShareTheEffectIsInTheMetricsUnit() {
    ScorecardRow control = baseline("control", 10_000, 0, 250_000);
    ScorecardRow sure = amount(550, 20, 0.01);
    ScorecardRow treatment =
        compared("treatment", arm(10_000, 50, 250_000), 0, 7.0710678, 20, 0.2, 0.1);

    assertThat(sentences("amount", control, treatment))
        .containsExactly(
            "treatment: no difference is sure yet (+50, from +30 to +70; p = 0.2000).",
            "Guardrail: amount may fall by 2 %. Whether treatment keeps it is not known yet.");
    assertThat(sentences("amount", control, sure).get(0))
        .isEqualTo(
            "amount of treatment is 50 higher (from +30 to +70), which is sure at any look: p ="
                + " 0.0100.");
  }

  @Test
  void notesAreWords() {
    assertThat(sentences("purchase", unknown("treatment", "insufficient_data")))
        .containsExactly(
            "treatment: no comparison yet.",
            "treatment: not enough data: it or the baseline has fewer than two units, or all have"
                + " the same outcome.");
    assertThat(sentences("purchase", unknown("b", "baseline_mean_zero, cuped_unavailable")))
        .contains(
            "b: the baseline's mean is 0, of which nothing is a share; no adjustment by the time"
                + " before exposure, where outcomes do not vary.");
    assertThat(sentences("purchase", unknown("b", "out_of_range")))
        .contains("b: an outcome is no number, or too large to be added.");
    assertThat(sentences("purchase", unknown("b", "else"))).contains("b: else.");
  }

  @Test
  void severalVariantsCountTogether() {
    ScorecardRow other = compared("b", arm(10_000, 495, 250_000), 500, 7.0710678, 20, 1, 1);

    assertThat(sentences("visits", CONTROL, amount(550, 20, 0.012), other))
        .containsExactly(
            "visits of treatment is 10 % higher (from +5.8 % to +14.2 %), which is sure at any"
                + " look: p = 0.0120 by Holm.",
            "b: no difference is sure yet (-1 %, from -5 % to +3 %; p = 1 by Holm).");
  }

  @Test
  void aBaselineAloneIsNoComparison() {
    assertThat(sentences("amount", CONTROL)).containsExactly("There is nothing to compare yet.");
  }

  @Test
  void theAlphaIsTheDefinitions() {
    PhaseScorecard card =
        new PhaseScorecard(
            "checkout",
            List.of(
                TestScorecards.definition(
                    TestScorecards.CHECKOUT + "statistics: {alpha: 0.01, tuning: 5000}\n")),
            Optional.empty(),
            TestScorecards.numbers());
    ScorecardRow row = amount(550, 20, 0.012);

    assertThat(new EffectWords(card, new MetricScores("amount", List.of(CONTROL, row))).isSure(row))
        .isFalse();
  }
}
