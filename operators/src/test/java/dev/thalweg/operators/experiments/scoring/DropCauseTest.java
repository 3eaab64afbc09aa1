package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.arm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import org.junit.jupiter.api.Test;

/** What is named as the cause of a broken sample ratio, and what is not. */
final class DropCauseTest {
  private static final String RULE = "rule_violation";
  private static final String SCHEMA = "schema_violation";

  private final PhaseDelta delta = new PhaseDelta(Scorings.shape(Scorings.definition(-0.02, 1, 1)));

  private void refuse(String failure, int first, int second) {
    for (int i = 0; i < first + second; i++) {
      delta.droppedExposure(i < first ? 0 : 1, failure, i);
    }
  }

  private DropCause cause(int[] weights, long... units) {
    ExperimentDefinition definition = Scorings.definition(-0.02, weights);
    double[][] arms = new double[units.length][];
    for (int i = 0; i < units.length; i++) {
      arms[i] = arm(units[i], 0, 0);
    }
    PhaseScores scores = new PhaseScores(definition, Scorings.sums(definition, arms));
    return DropCause.of(scores, delta.drops()).orElse(null);
  }

  private DropCause cause(long first, long second) {
    return cause(new int[] {50, 50}, first, second);
  }

  @Test
  void failureThatRefusedTheVariantThatLacksUnitsIsNamed() {
    refuse(RULE, 20, 900);
    assertThat(cause(5000, 4200)).isEqualTo(new DropCause(RULE, 900, "v1"));
    assertThat(cause(5000, 4200).asStatus())
        .isEqualTo("rule_violation refused 900 exposures of v1");
  }

  @Test
  void unitsThatWereRefusedOftenAreNoObjection() {
    refuse(RULE, 20, 9000);
    assertThat(cause(5000, 4200)).isEqualTo(new DropCause(RULE, 9000, "v1"));
    assertThat(cause(5000, 4200).inWords())
        .isEqualTo("rule_violation refused 9,000 exposures of v1");
  }

  @Test
  void failureThatRefusesAllAlikeIsNot() {
    refuse(RULE, 900, 930);
    assertThat(cause(5000, 4200)).isNull();
    assertThat(DropCause.of(scores(), new ExposureDrops(2))).isEmpty();
  }

  private static PhaseScores scores() {
    ExperimentDefinition definition = Scorings.definition(-0.02, 50, 50);
    return new PhaseScores(definition, Scorings.sums(definition, arm(9, 0, 0), arm(900, 0, 0)));
  }

  @Test
  void failureThatRefusedTheOtherVariantIsNot() {
    refuse(RULE, 900, 20);
    assertThat(cause(5000, 4200)).isNull();
    assertThat(cause(4200, 5000)).isEqualTo(new DropCause(RULE, 900, "v0"));
  }

  @Test
  void whatExplainsLittleIsNot() {
    refuse(RULE, 0, 100);
    assertThat(cause(5000, 4499)).as("50 beyond its share of 501 that lack").isNull();
    assertThat(cause(5000, 4501)).as("of 499").isNotNull();
  }

  @Test
  void whatMayBeChanceIsNot() {
    refuse(RULE, 10, 30);
    assertThat(cause(5000, 4990)).as("p = 0.0016").isNull();
    refuse(RULE, 0, 2);
    assertThat(cause(5000, 4990)).as("p = 0.0007").isNotNull();
  }

  @Test
  void greatestOfSeveralIsNamed() {
    refuse(SCHEMA, 0, 300);
    refuse(RULE, 10, 700);
    refuse("internal_error", 2000, 2100);
    assertThat(cause(5000, 4200)).isEqualTo(new DropCause(RULE, 700, "v1"));
  }

  @Test
  void sharesAreThoseOfTheWeights() {
    refuse(RULE, 900, 100);
    assertThat(cause(new int[] {90, 10}, 80_000, 10_000)).isNull();
    refuse(SCHEMA, 0, 100);
    assertThat(cause(new int[] {90, 10}, 9500, 1000)).isEqualTo(new DropCause(SCHEMA, 100, "v1"));
  }
}
