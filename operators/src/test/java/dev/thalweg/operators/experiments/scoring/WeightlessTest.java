package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.arm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units in a variant of weight 0, as late exposures bring them, break no experiment. */
final class WeightlessTest {
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @CsvSource({
    "3000, 3000, 0, ok",
    "3000, 3000, 1, ok",
    "3000, 3000, 60, ok",
    "3000, 3000, 61, units_without_weight",
    "3000, 1000, 1, sample_ratio_mismatch"
  })
  void healthTellsOfThemWhereTheyAreMany(int base, int other, int without, String status)
      throws Exception {
    ExperimentDefinition two = Scorings.definition(-0.02, 1, 1, 0);
    try (ScoringHarness score = new ScoringHarness().open().define(two)) {
      score.process(
          Scorings.delta(
              two,
              Scorings.START / MINUTE,
              arm(base, 0.5, 0.5),
              arm(other, 0.5, 0.5),
              arm(without, 0, 0)));
      assertThat(score.closed(0).decisions())
          .containsExactly(status.equals("sample_ratio_mismatch") ? "1: review" : "1: continue");
      assertThat(score.closed(0).drain(ExperimentRow.Health.class))
          .extracting(ExperimentRow.Health::status)
          .containsExactly(status);
    }
  }
}
