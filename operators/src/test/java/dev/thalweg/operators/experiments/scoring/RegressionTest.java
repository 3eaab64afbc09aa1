package dev.thalweg.operators.experiments.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A treatment that suddenly loses a tenth of its conversions is taken back at once. */
final class RegressionTest {
  private static final int UNITS = 50_000;
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0, 3", "1, 1", "1, 2", "1, 3", "10, 1", "10, 2", "10, 3", "60, 1"})
  void tenPercentAreTakenBackWithinTwoClosedMinutes(int calm, long seed) throws Exception {
    assertThat(minutesUntilRollback(calm, new Random(seed))).isBetween(1L, 2L);
  }

  /** Closed minutes from the beginning of the regression, after as many calm ones, to its end. */
  private static long minutesUntilRollback(int calm, Random random) throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      for (int minute = 0; minute < calm + 3; minute++) {
        Traffic traffic = new Traffic(UNITS, 0.5, minute < calm ? 0 : 0.1);
        score.process(traffic.minute(DEFINITION, Scorings.START / 60_000 + minute, random));
        score.closed(minute);
      }
      List<ExperimentRow.Decided> decided = score.drain(ExperimentRow.Decided.class);
      ExperimentRow.Decided rollback = decided.get(decided.size() - 1);
      assertThat(rollback.decision().said()).isEqualTo("rollback v1");
      assertThat(rollback.decision().reason()).startsWith("stays of v1 changed by -");
      return (rollback.decidedAt() - Scorings.START) / 60_000 - calm;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void withoutRegressionNothingIsTakenBack(long seed) throws Exception {
    Random random = new Random(seed);
    Traffic traffic = new Traffic(UNITS, 0.5, 0);
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      for (int minute = 0; minute < 30; minute++) {
        score.process(traffic.minute(DEFINITION, Scorings.START / 60_000 + minute, random));
        score.closed(minute);
      }
      assertThat(score.decisions()).containsExactly("1: continue");
    }
  }
}
