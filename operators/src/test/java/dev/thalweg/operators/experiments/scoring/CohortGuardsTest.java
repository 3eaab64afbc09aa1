package dev.thalweg.operators.experiments.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cohort demands, in words, and for how long. */
final class CohortGuardsTest {
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);
  private static final Optional<Cohort> WORSE = Optional.of(cohort(3, 4, 0.5, 0.45));

  private final PhaseBook book = new PhaseBook(Scorings.shape(DEFINITION));

  private static Cohort cohort(int minute, long place, double baseline, double stays) {
    return new Cohort(
        Scorings.START / 60_000 + minute,
        place,
        Scorings.sums(
            DEFINITION, Scorings.arm(20_000, 0.1, baseline), Scorings.arm(20_000, 0.1, stays)));
  }

  @Test
  void saysWhichMinuteBrokeTheGuardrail() {
    Decision decision = CohortGuards.look(book, WORSE, DEFINITION).orElseThrow().decision();
    assertThat(decision.said()).isEqualTo("rollback v1");
    assertThat(decision.reason())
        .isEqualTo(
            "stays of v1 changed by -10.00 % in the minute from 00:03 UTC, and -2.00 % is tolerated");
  }

  @Test
  void findingStaysAsLongAsTheDefinitionAsksForIt() {
    assertThat(CohortGuards.look(book, WORSE, DEFINITION)).isPresent();
    Optional<Cohort> calm = Optional.of(cohort(4, 5, 0.5, 0.5));
    assertThat(CohortGuards.look(book, calm, DEFINITION).orElseThrow().cohort().place())
        .isEqualTo(4);
    ExperimentDefinition lenient = Scorings.definition(-0.2, 50, 50);
    assertThat(CohortGuards.look(book, calm, lenient)).isEmpty();
  }

  /** z = 0.03 / sqrt(2 / 20,000) or so = 3.0, p = 0.0013: below 0.05 6 / pi^2 / 4, not / 64. */
  @Test
  void laterLooksAskForMore() {
    assertThat(CohortGuards.look(book, Optional.of(cohort(3, 2, 0.5, 0.475)), DEFINITION))
        .isPresent();
    PhaseBook other = new PhaseBook(Scorings.shape(DEFINITION));
    assertThat(CohortGuards.look(other, Optional.of(cohort(3, 8, 0.5, 0.475)), DEFINITION))
        .isEmpty();
  }
}
