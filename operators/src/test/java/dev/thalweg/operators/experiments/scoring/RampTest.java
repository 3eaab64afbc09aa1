package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.arm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.RampStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a ramp goes up, what holds it, and what takes it back. */
final class RampTest {
  private static final List<RampStep> STEPS = List.of(step(5, 24), step(25, 2), step(50, 12));

  private static RampStep step(int share, int hours) {
    return new RampStep(share, Duration.ofHours(hours));
  }

  private static ExperimentDefinition at(int... weights) {
    return Scorings.definition(Acting.AUTOMATIC, Acting.AUTOMATIC, STEPS, weights);
  }

  private static Decision decide(
      ExperimentDefinition definition, double ratio, Duration elapsed, double[]... arms) {
    PhaseScores scores = new PhaseScores(definition, Scorings.sums(definition, arms));
    return new DecisionRule(scores, new ExposureDrops(arms.length), Optional.empty())
        .decide(ratio, elapsed);
  }

  private static Decision calm(ExperimentDefinition definition, Duration elapsed) {
    return decide(definition, 1, elapsed, arm(9500, 0.5, 0.5), arm(500, 0.5, 0.5));
  }

  @Test
  void stepIsHeldAndThenTheNextIsTaken() {
    Decision held = calm(at(95, 5), Duration.ofHours(24).minusMinutes(1));
    assertThat(held.said()).isEqualTo("continue");
    assertThat(held.reason()).isEqualTo("ramp: 5 % for 23 h 59 min of 1 d 0 h");
    Decision next = calm(at(95, 5), Duration.ofHours(24));
    assertThat(next.said()).isEqualTo("continue to 25 %");
    assertThat(next.share()).isEqualTo(25);
    assertThat(next.reason()).isEqualTo("ramp: 5 % -> 25 % after 1 d 0 h");
    assertThat(calm(at(3, 1), Duration.ofHours(2)).said()).isEqualTo("continue to 50 %");
  }

  @Test
  void shareBetweenStepsStandsOnTheOneBelow() {
    Decision held = calm(at(875, 125), Duration.ofHours(23));
    assertThat(held.reason()).isEqualTo("ramp: 12.5 % for 23 h 0 min of 1 d 0 h");
    assertThat(calm(at(875, 125), Duration.ofHours(24)).said()).isEqualTo("continue to 25 %");
    assertThat(calm(at(99, 1), Duration.ofMinutes(1)).said())
        .as("below the first step nothing is held")
        .isEqualTo("continue to 5 %");
  }

  @Test
  void nothingIsShippedBeforeTheLastStepWasHeld() {
    double[][] better = {arm(90_000, 0.5, 0.5), arm(90_000, 0.6, 0.5)};
    assertThat(decide(at(95, 5), 1, Duration.ofHours(23), better).said()).isEqualTo("continue");
    assertThat(decide(at(95, 5), 1, Duration.ofHours(30), better).said())
        .isEqualTo("continue to 25 %");
    Decision held = decide(at(50, 50), 1, Duration.ofHours(11), better);
    assertThat(held.said()).isEqualTo("continue");
    assertThat(held.reason()).isEqualTo("ramp: 50 % for 11 h 0 min of 12 h 0 min");
    assertThat(decide(at(50, 50), 1, Duration.ofHours(12), better).said()).isEqualTo("ship v1");
  }

  @Test
  void whatSpeaksAgainstItStopsIt() {
    Duration late = Duration.ofHours(30);
    double[][] calm = {arm(9500, 0.5, 0.5), arm(500, 0.5, 0.5)};
    assertThat(decide(at(95, 5), 0.0009, late, calm).said()).isEqualTo("review");
    assertThat(decide(at(95, 5), 1, late, arm(950, 0.5, 0.5), arm(49, 0.5, 0.5)).said())
        .as("too few units")
        .isEqualTo("continue");
    assertThat(decide(at(95, 5), 1, late, arm(95_000, 0.5, 0.5), arm(5000, 0.5, 0.4)).said())
        .as("a guardrail is broken")
        .isEqualTo("rollback v1");
    double[][] worse = {arm(95_000, 0.5, 0.5), arm(5000, 0.4, 0.5)};
    assertThat(decide(at(95, 5), 1, late, worse).said()).isEqualTo("rollback v1");
    Decision early = decide(at(95, 5), 1, Duration.ofMinutes(59), worse);
    assertThat(early.said()).isEqualTo("continue");
    assertThat(early.reason()).isEqualTo("0 h 59 min of 1 h 0 min");
  }

  @Test
  void shareIsThatOfAllTreatments() {
    double[][] arms = {arm(9500, 0.5, 0.5), arm(500, 0.5, 0.5), arm(500, 0.5, 0.5)};
    assertThat(decide(at(75, 5, 20), 1, Duration.ofHours(2), arms).reason())
        .isEqualTo("ramp: 25 % -> 50 % after 2 h 0 min");
  }
}
