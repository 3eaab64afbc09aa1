package dev.thalweg.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.cli.check.ExperimentTruth.Arm;
import org.junit.jupiter.api.Test;

class ExperimentsTruthTest {
  private final DemoEvents events = new DemoEvents();

  private ExperimentTruth checkout() {
    return events.truth().experiments().get("new_checkout");
  }

  @Test
  void unitsCountOnceAndOutcomesFromTheFirstExposureOn() {
    events
        .exposed("new_checkout", "control", "u1", 200)
        .exposed("new_checkout", "control", "u1", 100)
        .reached("purchase", "u1", 100)
        .ordered(300, "u1", 100)
        .ordered(400, "u1", 120)
        .ordered(41, "u1", 99)
        .exposed("new_checkout", "treatment", "u2", 100)
        .reached("newsletter", "u2", 150);

    assertThat(checkout().arms())
        .containsEntry("purchase control", new Arm(1, 1))
        .containsEntry("revenue control", new Arm(1, 700))
        .containsEntry("purchase treatment", new Arm(1, 0))
        .containsEntry("revenue treatment", new Arm(1, 0))
        .hasSize(4);
    assertThat(checkout().health().units()).isEqualTo(2);
    assertThat(checkout().health().sampleRatio()).isEqualTo(1);
    assertThat(checkout().health().outcomesBefore()).isEqualTo(1);
  }

  @Test
  void revenueOfUnitIsHeldAtTheCap() {
    events
        .exposed("new_checkout", "control", "u1", 0)
        .ordered(60_000, "u1", 1)
        .ordered(60_000, "u1", 2);

    assertThat(checkout().arms()).containsEntry("revenue control", new Arm(1, 100_000));
  }

  @Test
  void unitsOfSeveralVariantsCountInNone() {
    events
        .exposed("new_checkout", "control", "u1", 10)
        .exposed("new_checkout", "treatment", "u1", 20)
        .reached("purchase", "u1", 5)
        .reached("purchase", "u1", 30);

    assertThat(checkout().arms().values()).containsOnly(Arm.NONE);
    assertThat(checkout().health().unitsInSeveralVariants()).isEqualTo(1);
    assertThat(checkout().health().outcomesBefore()).isEqualTo(1);
    assertThat(checkout().health().unitsNeverExposed()).isZero();
  }

  @Test
  void outcomesWithoutExposureAndInvalidExposuresAreCounted() {
    events
        .ordered(100, "u1", 10)
        .reached("purchase", "u1", 11)
        .ordered(100, null, 10)
        .exposed("search_ranking", "control", "u1", 10)
        .exposed("new_checkout", "third", "u1", 10)
        .exposed("new_checkout", "control", null, 10)
        .exposed("unheard_of", "control", "u1", 10);

    assertThat(checkout().health().unitsNeverExposed()).isEqualTo(1);
    assertThat(checkout().health().invalidExposures()).isEqualTo(2);
    assertThat(events.truth().experiments().get("search_ranking").health().unitsNeverExposed())
        .isZero();
    assertThat(events.truth().events()).isEqualTo(7);
  }

  /** Expected: {@code scipy.stats.chisquare([a, b]).pvalue}. */
  @Test
  void sampleRatioIsThatOfChiSquare() {
    assertThat(ExperimentTruth.sampleRatio(5000, 5350))
        .isCloseTo(0.0005810432839825972, within(1e-12));
    assertThat(ExperimentTruth.sampleRatio(150, 40) / 1.4605051062641824e-15)
        .isCloseTo(1, within(1e-9));
    assertThat(ExperimentTruth.sampleRatio(0, 0)).isEqualTo(1);
  }
}
