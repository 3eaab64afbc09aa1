package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Interval;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A verdict that stands is acted on as soon as somebody may, and by each version once. */
final class StandingDecisionTest {
  private static final long MINUTE = 60_000;
  private static final ExperimentDefinition MANUAL = first(Acting.MANUAL);
  private static final ExperimentDefinition AUTOMATIC = first(Acting.AUTOMATIC);

  private static ExperimentDefinition first(Acting rollback) {
    return Scorings.definition(Acting.MANUAL, rollback, List.of(), 50, 50);
  }

  /** The second version of the same phase, whose policy is that of the given one. */
  private static ExperimentDefinition second(ExperimentDefinition policy, int minute) {
    return Scorings.definition(
        2, START + minute * MINUTE, ExperimentDefinition.NEVER, policy.policy(), -0.02, 50, 50);
  }

  private static PhaseDelta minute(int minute, long units, double stays) {
    return Scorings.delta(
        AUTOMATIC,
        START / MINUTE + minute,
        Scorings.arm(units, 0.1, 0.5),
        Scorings.arm(units, 0.1, stays));
  }

  private static PhaseDelta regression(int minute) {
    return minute(minute, 50_000, 0.4);
  }

  /** Minute, what is said, and which version it makes, if any. */
  private static List<String> told(ScoringHarness score) {
    return score.drain(ExperimentRow.Decided.class).stream()
        .map(
            row ->
                "%d: %s, %s"
                    .formatted(
                        (row.decidedAt() - START) / MINUTE,
                        row.decision().said(),
                        row.promotion() == null
                            ? "nothing"
                            : DefinitionJson.read(row.promotion()).version()))
        .toList();
  }

  @Test
  void policyThatBecomesAutomaticActsOnIt() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(MANUAL)) {
      score.process(regression(0), regression(1)).closed(1);
      assertThat(told(score)).containsExactly("1: rollback v1, nothing");
      score.define(second(AUTOMATIC, 5)).process(regression(4), regression(5), regression(6));
      score.closed(10);
      assertThat(told(score)).containsExactly("6: rollback v1, 3");
    }
  }

  @Test
  void versionThatWasAppliedInItsPlaceMakesTheNextOne() throws Exception {
    OperatorSubtaskState state;
    try (ScoringHarness score = new ScoringHarness().open().define(AUTOMATIC)) {
      score.process(regression(0), regression(1)).closed(1);
      assertThat(told(score)).containsExactly("1: rollback v1, 2");
      state = score.snapshot();
    }
    try (ScoringHarness score = new ScoringHarness().restore(state)) {
      score.process(regression(2)).closed(2);
      assertThat(told(score)).isEmpty();
      score.define(second(AUTOMATIC, 3)).process(regression(3), regression(4)).closed(10);
      assertThat(told(score)).containsExactly("4: rollback v1, 3");
    }
  }

  @Test
  void laterVersionMakesTheNextOneWhenItActs() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(AUTOMATIC)) {
      score.define(second(AUTOMATIC, 5)).process(regression(0), regression(4)).closed(4);
      assertThat(told(score)).containsExactly("1: rollback v1, nothing");
      score.process(regression(5), regression(6)).closed(6);
      assertThat(told(score)).containsExactly("6: rollback v1, 3");
    }
  }

  @Test
  void versionThatDecidesTheSameSaysSoOnce() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(MANUAL)) {
      score.define(second(MANUAL, 5)).process(regression(0), regression(1), regression(4));
      score.process(regression(5), regression(6)).closed(6);
      assertThat(told(score)).containsExactly("1: rollback v1, nothing", "6: rollback v1, nothing");
    }
  }

  @Test
  void scorecardIsThatOfTheVersionThatActs() throws Exception {
    ExperimentDefinition bold =
        new ExperimentDefinition(
            MANUAL.experiment(),
            2,
            1,
            MANUAL.owner(),
            START + 5 * MINUTE,
            MANUAL.stop(),
            MANUAL.design(),
            MANUAL.guardrails(),
            new AnytimeValid(0.5, 5000),
            MANUAL.policy());
    try (ScoringHarness score = new ScoringHarness().open().define(MANUAL).define(bold)) {
      Interval careful = shown(score.process(regression(0)).closed(0).closed(0));
      Interval still = shown(score.process(minute(4, 0, 0)).closed(4).closed(4));
      Interval then = shown(score.process(minute(5, 0, 0)).closed(5).closed(5));
      assertThat(still).isEqualTo(careful);
      assertThat(then.low()).isGreaterThan(careful.low());
      assertThat(then.high()).isLessThan(careful.high());
    }
  }

  /** Of the last row of the scorecard that was published. */
  private static Interval shown(ScoringHarness score) {
    List<ExperimentRow.Score> rows = score.drain(ExperimentRow.Score.class);
    ScorecardRow last = rows.get(rows.size() - 1).row();
    return new Interval(last.ciLow(), last.ciHigh());
  }

  @Test
  void versionMakesNoSecondOneWhateverItDecidesLater() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(AUTOMATIC)) {
      score.process(regression(0), minute(1, 400_000, 0.52), minute(2, 400_000, 0.4)).closed(2);
      assertThat(told(score))
          .containsExactly("1: rollback v1, 2", "2: continue, nothing", "3: rollback v1, nothing");
    }
  }
}
