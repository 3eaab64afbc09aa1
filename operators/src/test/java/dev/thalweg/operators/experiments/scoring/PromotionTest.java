package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version a decision makes of a definition, and when it makes none. */
final class PromotionTest {
  private static final long LEAD = 120_000;
  private static final long LATER = START + 60_000;
  private static final Decision SHIP = new Decision(Verdict.SHIP, "v1", "");
  private static final Decision ROLLBACK = new Decision(Verdict.ROLLBACK, "v1", "");

  private static ExperimentDefinition acting(Acting ship, Acting rollback, int... weights) {
    return Scorings.definition(ship, rollback, List.of(), weights);
  }

  private static Decision ramp(int share) {
    return Decision.ramp(share, "");
  }

  private static List<Integer> weights(ExperimentDefinition definition) {
    return definition.design().allocation().variants().stream().map(Variant::weight).toList();
  }

  @Test
  void winnerGetsAllAndWhatIsTakenBackLeavesItsWeightToTheBaseline() {
    ExperimentDefinition acting = acting(Acting.AUTOMATIC, Acting.AUTOMATIC, 20, 30, 50);
    ExperimentDefinition shipped = Promotion.of(acting, SHIP, LATER).orElseThrow();
    assertThat(weights(shipped)).containsExactly(0, 100, 0);
    assertThat(weights(Promotion.of(acting, ROLLBACK, LATER).orElseThrow()))
        .containsExactly(50, 0, 50);
    Decision all = Decision.rollbackOfAll("v1", "");
    assertThat(weights(Promotion.of(acting, all, LATER).orElseThrow())).containsExactly(100, 0, 0);
    ExperimentDefinition last = acting(Acting.AUTOMATIC, Acting.AUTOMATIC, 70, 30, 0);
    assertThat(weights(Promotion.of(last, ROLLBACK, LATER).orElseThrow()))
        .containsExactly(100, 0, 0);
    ExperimentDefinition without = acting(Acting.AUTOMATIC, Acting.AUTOMATIC, 70, 0, 30);
    assertThat(Promotion.of(without, ROLLBACK, LATER)).isEmpty();
    assertThat(shipped.version()).isEqualTo(2);
    assertThat(shipped.phase()).isEqualTo(2);
    assertThat(shipped.effectiveFrom()).isEqualTo(LATER + LEAD);
  }

  @Test
  void nothingElseChanges() {
    ExperimentDefinition acting = acting(Acting.AUTOMATIC, Acting.AUTOMATIC, 20, 30, 50);
    ExperimentDefinition shipped = Promotion.of(acting, SHIP, LATER).orElseThrow();
    assertThat(shipped)
        .usingRecursiveComparison()
        .ignoringFields("version", "phase", "effectiveFrom", "design.allocation.variants")
        .isEqualTo(acting);
  }

  @Test
  void personsActWhereThePolicySaysSo() {
    ExperimentDefinition shipping = acting(Acting.AUTOMATIC, Acting.MANUAL, 50, 50);
    assertThat(Promotion.of(shipping, ROLLBACK, LATER)).isEmpty();
    assertThat(Promotion.of(shipping, SHIP, LATER)).isPresent();
    ExperimentDefinition careful = acting(Acting.MANUAL, Acting.AUTOMATIC, 95, 5);
    assertThat(Promotion.of(careful, SHIP, LATER)).isEmpty();
    assertThat(Promotion.of(careful, ramp(25), LATER)).isEmpty();
    assertThat(Promotion.of(careful, ROLLBACK, LATER)).isPresent();
  }

  @Test
  void reviewAndGoingOnPromoteNothing() {
    ExperimentDefinition acting = acting(Acting.AUTOMATIC, Acting.AUTOMATIC, 50, 50);
    assertThat(Promotion.of(acting, new Decision(Verdict.REVIEW, null, ""), LATER)).isEmpty();
    assertThat(Promotion.of(acting, ramp(0), LATER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'95 5', 25, '75 25'",
    "'99 1', 5, '95 5'",
    "'19 1', 50, '50 50'",
    "'950 50', 100, '0 100'",
    "'90 5 5', 50, '50 25 25'",
    "'90 2 8', 25, '75 5 20'",
    "'97 1 2', 25, '9 1 2'",
    "'2000000000 1000003', 1, '99 1'",
    "'9 1000003 7', 1, '99000990 1000003 7'",
    "'9 1000000007 7', 1, '2106383008 21276595 1'"
  })
  void stepOfARampKeepsTheRelationsOfTreatments(String before, int share, String after) {
    ExperimentDefinition acting = acting(Acting.AUTOMATIC, Acting.MANUAL, numbers(before));
    ExperimentDefinition next = Promotion.of(acting, ramp(share), LATER).orElseThrow();
    assertThat(weights(next)).containsExactly(boxed(numbers(after)));
  }

  private static int[] numbers(String text) {
    return List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
  }

  private static Integer[] boxed(int[] numbers) {
    Integer[] boxed = new Integer[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      boxed[i] = numbers[i];
    }
    return boxed;
  }

  @Test
  void nextVersionActsAfterTheOneThatDecidedAndNeverAfterTheStop() {
    ExperimentDefinition acting = acting(Acting.AUTOMATIC, Acting.MANUAL, 50, 50);
    assertThat(Promotion.of(acting, SHIP, START - LEAD - 1).orElseThrow().effectiveFrom())
        .isEqualTo(START + 1);
    ExperimentDefinition stopping =
        Scorings.definition(1, START, LATER, acting.policy(), -0.02, 50, 50);
    assertThat(Promotion.of(stopping, SHIP, LATER - LEAD)).isEmpty();
    assertThat(Promotion.of(stopping, SHIP, LATER - LEAD - 1)).isPresent();
  }

  @Test
  void thatWhichIsSoAlreadyIsNoPromotion() {
    assertThat(Promotion.of(acting(Acting.AUTOMATIC, Acting.MANUAL, 0, 7), SHIP, LATER)).isEmpty();
    assertThat(Promotion.of(acting(Acting.AUTOMATIC, Acting.MANUAL, 75, 25), ramp(25), LATER))
        .isEmpty();
  }
}
