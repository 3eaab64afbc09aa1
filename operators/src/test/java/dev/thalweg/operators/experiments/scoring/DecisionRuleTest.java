package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.arm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is decided, in which order the rules hold, and why it says so. */
final class DecisionRuleTest {
  private static final Duration LONG = Duration.ofDays(2);
  private static final Duration SHORT = Duration.ofMinutes(59);
  private static final ExperimentDefinition TWO = Scorings.definition(-0.02, 50, 50);

  private static Decision decide(
      ExperimentDefinition definition, double ratio, Duration elapsed, double[]... arms) {
    PhaseScores scores = new PhaseScores(definition, Scorings.sums(definition, arms));
    return new DecisionRule(scores, new ExposureDrops(arms.length)).decide(ratio, elapsed);
  }

  private static String said(ExperimentDefinition definition, Duration elapsed, double[]... arms) {
    return decide(definition, 1, elapsed, arms).said();
  }

  @Test
  void brokenSampleRatioIsForAPersonWhateverElse() {
    Decision decision = decide(TWO, 0.0009, LONG, arm(9000, 0.5, 0.5), arm(20_000, 0.9, 0.1));
    assertThat(decision.said()).isEqualTo("review");
    assertThat(decision.reason())
        .isEqualTo(
            "the sample ratio is broken (p = 0.0009): 9,000 v0 (weight 50), 20,000 v1 (weight 50)");
    ExperimentDefinition tolerant = Scorings.definition(-0.5, 50, 50);
    assertThat(decide(tolerant, 0.001, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.9, 0.5)).said())
        .isEqualTo("ship v1");
  }

  @Test
  void goesOnBelowTheMinimumOfUnits() {
    Decision decision = decide(TWO, 1, LONG, arm(500, 0.5, 0.9), arm(499, 0.9, 0.1));
    assertThat(decision.said()).isEqualTo("continue");
    assertThat(decision.reason()).isEqualTo("999 of 1,000 units");
    assertThat(said(TWO, LONG, arm(500, 0.5, 0.9), arm(500, 0.9, 0.1))).isEqualTo("rollback v1");
  }

  @Test
  void brokenGuardrailTakesBackBeforeTheMinimumTime() {
    Decision decision = decide(TWO, 1, SHORT, arm(25_000, 0.5, 0.5), arm(25_000, 0.6, 0.45));
    assertThat(decision.said()).isEqualTo("rollback v1");
    assertThat(decision.reason())
        .matches(
            "stays of v1 changed by -1\\d\\.\\d\\d % to -\\d\\.\\d\\d %, and -2\\.00 % is tolerated");
  }

  @Test
  void guardrailThatFellByLessThanToleratedHolds() {
    assertThat(said(TWO, SHORT, arm(250_000, 0.5, 0.5), arm(250_000, 0.5, 0.495)))
        .isEqualTo("continue");
    assertThat(said(TWO, SHORT, arm(2000, 0.5, 0.5), arm(2000, 0.5, 0.49))).isEqualTo("continue");
  }

  @Test
  void toleranceAboveNullIsForWhatMustNotRise() {
    ExperimentDefinition mustNotRise = Scorings.definition(0.05, 50, 50);
    assertThat(said(mustNotRise, SHORT, arm(25_000, 0.5, 0.5), arm(25_000, 0.5, 0.6)))
        .isEqualTo("rollback v1");
    assertThat(said(mustNotRise, SHORT, arm(25_000, 0.5, 0.5), arm(25_000, 0.5, 0.4)))
        .isEqualTo("continue");
  }

  @Test
  void goesOnBeforeTheMinimumTime() {
    Decision decision = decide(TWO, 1, SHORT, arm(25_000, 0.5, 0.5), arm(25_000, 0.6, 0.5));
    assertThat(decision.said()).isEqualTo("continue");
    assertThat(decision.reason()).isEqualTo("0 h 59 min of 1 h 0 min");
    assertThat(said(TWO, Scorings.MINIMUM_TIME, arm(25_000, 0.5, 0.5), arm(25_000, 0.6, 0.6)))
        .isEqualTo("ship v1");
  }

  @Test
  void whatIsSurelyBetterIsShippedOnceNoGuardrailMayBeBroken() {
    Decision risky = decide(TWO, 1, LONG, arm(2000, 0.5, 0.5), arm(2000, 0.6, 0.5));
    assertThat(risky.said()).isEqualTo("continue");
    assertThat(risky.reason())
        .startsWith("buys of v1: +0.1, +20.00 % (p = ")
        .endsWith("; stays may be broken still");
    Decision sure = decide(TWO, 1, LONG, arm(90_000, 0.5, 0.5), arm(90_000, 0.6, 0.5));
    assertThat(sure.said()).isEqualTo("ship v1");
    assertThat(sure.reason()).startsWith("buys of v1: +0.1, +20.00 % (p = ");
  }

  @Test
  void whatIsSurelyWorseIsTakenBack() {
    assertThat(said(TWO, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.4, 0.5))).isEqualTo("rollback v1");
  }

  @Test
  void goesOnWhereNothingIsSure() {
    Decision decision = decide(TWO, 1, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.505, 0.5));
    assertThat(decision.said()).isEqualTo("continue");
    assertThat(decision.reason()).isEqualTo("buys: no difference is sure yet");
    assertThat(said(TWO, LONG, arm(9000, 0, 0), arm(9000, 0, 0))).isEqualTo("continue");
  }

  @Test
  void bestOfSeveralIsShipped() {
    ExperimentDefinition three = Scorings.definition(-0.5, 1, 1, 1);
    assertThat(said(three, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.6, 0.5), arm(9000, 0.7, 0.5)))
        .isEqualTo("ship v2");
    assertThat(said(three, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.4, 0.5), arm(9000, 0.7, 0.5)))
        .isEqualTo("ship v2");
    assertThat(said(three, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.4, 0.5), arm(9000, 0.5, 0.5)))
        .as("one is worse, the other is not known to be")
        .isEqualTo("continue");
    assertThat(said(three, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.4, 0.5), arm(9000, 0.3, 0.5)))
        .isEqualTo("rollback v2");
  }

  @Test
  void guardrailTakesBackItsVariantAndTheFirstMetricAll() {
    ExperimentDefinition three = Scorings.definition(-0.02, 1, 1, 1);
    double[] base = arm(9000, 0.5, 0.5);
    Decision broken = decide(three, 1, LONG, base, arm(9000, 0.5, 0.5), arm(9000, 0.5, 0.4));
    assertThat(broken.said()).isEqualTo("rollback v2");
    assertThat(broken.isOfAll()).isFalse();
    Decision worse = decide(three, 1, LONG, base, arm(9000, 0.4, 0.5), arm(9000, 0.3, 0.5));
    assertThat(worse.said()).isEqualTo("rollback v2");
    assertThat(worse.isOfAll()).isTrue();
  }

  @Test
  void variantsOfWeightZeroNeitherHoldUpNorAreTakenBack() {
    ExperimentDefinition two = Scorings.definition(-0.02, 1, 1, 0);
    assertThat(said(two, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.4, 0.5), arm(1, 0, 0)))
        .isEqualTo("rollback v1");
    assertThat(said(two, LONG, arm(9000, 0.5, 0.5), arm(9000, 0.5, 0.5), arm(9000, 0.9, 0.1)))
        .isEqualTo("continue");
  }

  @Test
  void severalVariantsNeedMoreEvidence() {
    ExperimentDefinition three = Scorings.definition(-0.5, 1, 1, 1);
    double[] base = arm(9000, 0.5, 0.5);
    int shippedOfTwoAlone = 0;
    for (double share = 0.52; share < 0.54; share += 0.0005) {
      double[] better = arm(9000, share, 0.5);
      String two = said(Scorings.definition(-0.5, 1, 1), LONG, base, better);
      String ofThree = said(three, LONG, base, better, base);
      assertThat(ofThree).isIn("continue", two);
      shippedOfTwoAlone += two.equals("ship v1") && ofThree.equals("continue") ? 1 : 0;
    }
    assertThat(shippedOfTwoAlone).isPositive();
  }

  @Test
  void singleVariantHasNothingToDecide() {
    ExperimentDefinition promoted = Scorings.definition(-0.02, 0, 100);
    Decision decision = decide(promoted, 1, LONG, arm(500, 0.5, 0.5), arm(9000, 0.9, 0.1));
    assertThat(decision.said()).isEqualTo("continue");
    assertThat(decision.reason()).isEqualTo("all units get v1");
    ExperimentDefinition three = Scorings.definition(-0.02, 0, 50, 50);
    assertThat(said(three, LONG, arm(0, 0, 0), arm(9000, 0.9, 0.1), arm(9000, 0.9, 0.1)))
        .as("two of three are compared with nobody")
        .isEqualTo("continue");
  }

  @Test
  void brokenSampleRatioNamesWhatRefusedTheExposures() {
    PhaseScores scores =
        new PhaseScores(TWO, Scorings.sums(TWO, arm(9000, 0.5, 0.5), arm(8000, 0.5, 0.5)));
    PhaseDelta delta = new PhaseDelta(Scorings.shape(TWO));
    for (int i = 0; i < 1002; i++) {
      delta.droppedExposure(1, "rule_violation", i);
    }
    assertThat(new DecisionRule(scores, delta.drops()).decide(0.0009, LONG).reason())
        .isEqualTo(
            "the sample ratio is broken (p = 0.0009): 9,000 v0 (weight 50), 8,000 v1 (weight 50);"
                + " likely as rule_violation refused 1,002 exposures of v1");
  }
}
