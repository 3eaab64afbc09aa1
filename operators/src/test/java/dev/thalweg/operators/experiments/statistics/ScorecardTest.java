package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A scorecard says of each arm what its sums say, and what is unknown, and why. */
final class ScorecardTest {
  private static final AnytimeValid TEST = new AnytimeValid(0.05, 5000);

  private static Scorecard scorecard(Estimator estimator) {
    return new Scorecard(estimator, TEST);
  }

  private static ArmSums converted(long units, long conversions) {
    return Sums.ofTotals(units, conversions, conversions);
  }

  private static Map<String, ArmSums> arms(ArmSums... sums) {
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    for (ArmSums arm : sums) {
      arms.put(arms.isEmpty() ? "control" : "treatment-" + arms.size(), arm);
    }
    return arms;
  }

  private static ScorecardRow compared(Estimator estimator, ArmSums control, ArmSums treatment) {
    return scorecard(estimator).rows("control", arms(control, treatment)).get(1);
  }

  /** Units of an arm with outcomes around a mean; the second value is correlated and positive. */
  private static List<double[]> units(Random random, double scale) {
    List<double[]> units = new ArrayList<>();
    double mean = random.nextGaussian();
    for (int i = 2 + random.nextInt(40); i > 0; i--) {
      double before = 1 + random.nextDouble();
      double after = before + mean + random.nextGaussian();
      units.add(new double[] {after * scale, before * scale});
    }
    return units;
  }

  @Property(tries = 300)
  void orderOfUnitsChangesNoBitOfAnyRow(@ForAll long seed) {
    Random random = new Random(seed);
    for (Estimator estimator : new Estimator[] {Estimator.MEAN, Estimator.RATIO}) {
      List<List<double[]>> units =
          List.of(units(random, 1), units(random, 1), units(random, 1), units(random, 1));
      ArmSums[] inOrder = units.stream().map(Sums::paired).toArray(ArmSums[]::new);
      units.forEach(arm -> Collections.shuffle(arm, random));
      ArmSums[] shuffled = units.stream().map(Sums::paired).toArray(ArmSums[]::new);
      assertThat(scorecard(estimator).rows("control", arms(shuffled)))
          .isEqualTo(scorecard(estimator).rows("control", arms(inOrder)))
          .allMatch(row -> row.note() == null);
    }
  }

  @Property(tries = 300)
  void swappingTheArmsNegatesTheEffectAndKeepsTheEvidence(@ForAll long seed) {
    Random random = new Random(seed);
    ArmSums one = Sums.paired(units(random, 1));
    ArmSums other = Sums.paired(units(random, 1));
    for (Estimator estimator : new Estimator[] {Estimator.MEAN, Estimator.RATIO}) {
      ScorecardRow row = compared(estimator, one, other);
      ScorecardRow swapped = compared(estimator, other, one);
      assertThat(swapped.effect()).isEqualTo(-row.effect());
      assertThat(swapped.standardError()).isEqualTo(row.standardError());
      assertThat(swapped.ciLow()).isEqualTo(-row.ciHigh());
      assertThat(swapped.ciHigh()).isEqualTo(-row.ciLow());
      assertThat(swapped.pValue()).isEqualTo(row.pValue());
      assertThat(swapped.pValueFixed()).isCloseTo(row.pValueFixed(), within(1e-12));
      if (estimator == Estimator.MEAN) {
        assertThat(swapped.cupedEffect()).isEqualTo(-row.cupedEffect());
        assertThat(swapped.cupedStandardError()).isEqualTo(row.cupedStandardError());
      }
    }
  }

  @Property(tries = 300)
  void scalingTheOutcomeScalesTheEffectAndKeepsTheEvidence(@ForAll long seed) {
    double scale = Math.exp(10 * new Random(seed).nextGaussian());
    Random random = new Random(seed);
    Random again = new Random(seed);
    ScorecardRow row =
        compared(Estimator.MEAN, Sums.paired(units(random, 1)), Sums.paired(units(random, 1)));
    ScorecardRow scaled =
        compared(
            Estimator.MEAN, Sums.paired(units(again, scale)), Sums.paired(units(again, scale)));
    double close = 1e-11 * row.standardError();
    assertThat(scaled.effect() / scale).isCloseTo(row.effect(), within(close));
    assertThat(scaled.standardError() / scale).isCloseTo(row.standardError(), within(close));
    assertThat(scaled.ciLow() / scale).isCloseTo(row.ciLow(), within(1000 * close));
    assertThat(scaled.ciHigh() / scale).isCloseTo(row.ciHigh(), within(1000 * close));
    assertThat(scaled.effectRelative() / row.effectRelative()).isCloseTo(1, within(1e-6));
    assertThat(scaled.pValue()).isCloseTo(row.pValue(), within(1e-9));
    assertThat(scaled.pValueFixed()).isCloseTo(row.pValueFixed(), within(1e-9));
    assertThat(scaled.cupedEffect() / scale).isCloseTo(row.cupedEffect(), within(1000 * close));
  }

  @Property(tries = 300)
  void addingToAllOutcomesKeepsTheEffectAndTheEvidence(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] outcomes = {
      random.doubles(20).toArray(), random.doubles(30).map(d -> d + 0.2).toArray()
    };
    ScorecardRow row = compared(Estimator.MEAN, Sums.single(outcomes[0]), Sums.single(outcomes[1]));
    double shift = 1000 * random.nextGaussian();
    ArmSums[] shifted = new ArmSums[2];
    for (int arm = 0; arm < 2; arm++) {
      shifted[arm] = ArmSums.single();
      for (double outcome : outcomes[arm]) {
        shifted[arm].add(outcome + shift);
      }
    }
    ScorecardRow moved = compared(Estimator.MEAN, shifted[0], shifted[1]);
    assertThat(moved.effect()).isCloseTo(row.effect(), within(1e-9));
    assertThat(moved.pValue()).isCloseTo(row.pValue(), within(1e-9));
    assertThat(moved.pValueFixed()).isCloseTo(row.pValueFixed(), within(1e-9));
  }

  @Test
  void conversionsHaveAllColumns() {
    List<ScorecardRow> rows =
        scorecard(Estimator.PROPORTION)
            .rows("control", arms(converted(1000, 100), converted(1000, 150)));
    ScorecardRow control = rows.get(0);
    assertThat(control)
        .isEqualTo(
            new ScorecardRow(
                "control", "control", 1000, 100.0, 0.1, 0.1 * 0.9, null, null, null, null, null,
                null, null, null, null, null, null, null, null));
    ScorecardRow treatment = rows.get(1);
    assertThat(treatment.variant()).isEqualTo("treatment-1");
    assertThat(treatment.baseline()).isEqualTo("control");
    assertThat(treatment.variance()).isEqualTo(0.15 * 0.85);
    assertThat(treatment.effect()).isCloseTo(0.05, within(1e-15));
    assertThat(treatment.effectRelative()).isCloseTo(0.5, within(1e-15));
    assertThat(treatment.standardError())
        .isCloseTo(Math.sqrt((0.09 + 0.1275) / 1000), within(1e-15));
    // scipy 1.17: z = 3.380617018914066
    assertThat(treatment.pValuePooled()).isCloseTo(7.232327164301925e-4, within(1e-15));
    assertThat(treatment.cupedEffect()).isNull();
    assertThat(treatment.note()).isNull();
  }

  @Test
  void correctionsCountAllArmsButTheBaseline() {
    List<ScorecardRow> rows =
        scorecard(Estimator.PROPORTION)
            .rows(
                "control",
                arms(
                    converted(5000, 500),
                    converted(5000, 640),
                    converted(5000, 600),
                    converted(0, 0)));
    double least = rows.get(1).pValue();
    assertThat(least).isPositive().isLessThan(0.05);
    assertThat(rows.get(1).pValueHolm()).isEqualTo(3 * least);
    assertThat(rows.get(1).pValueBh()).isLessThanOrEqualTo(3 * least);
    assertThat(rows.get(2).pValueHolm()).isEqualTo(2 * rows.get(2).pValue());
    assertThat(rows.get(3).pValueHolm()).isNull();
    assertThat(rows.get(3).pValueBh()).isNull();
    assertThat(rows.get(3).note()).isEqualTo(ScorecardRow.INSUFFICIENT_DATA);
    assertThat(rows.get(3).mean()).isNull();
    assertThat(rows.get(3).total()).isZero();
  }

  @Test
  void withoutVarianceOrUnitsNothingIsClaimed() {
    ArmSums varied = Sums.single(1, 2, 3);
    for (ArmSums arm :
        new ArmSums[] {ArmSums.single(), Sums.single(5), Sums.single(0.1, 0.1, 0.1)}) {
      assertInsufficient(compared(Estimator.MEAN, varied, arm));
      ScorecardRow row = compared(Estimator.MEAN, arm, varied);
      assertInsufficient(row);
      assertThat(row.variance()).isEqualTo(1);
    }
    assertThat(compared(Estimator.MEAN, varied, Sums.single(5)).effect()).isEqualTo(3);
  }

  private static void assertInsufficient(ScorecardRow row) {
    assertThat(row.note()).isEqualTo(ScorecardRow.INSUFFICIENT_DATA);
    assertThat(row.standardError()).isNull();
    assertThat(row.ciLow()).isNull();
    assertThat(row.ciHigh()).isNull();
    assertThat(row.pValue()).isNull();
    assertThat(row.pValueFixed()).isNull();
    assertThat(row.pValueHolm()).isNull();
    assertThat(row.pValueBh()).isNull();
  }

  @Test
  void outcomesThatCannotBeSummedAreNoted() {
    ArmSums control = Sums.single(1, 2, 3);
    ArmSums treatment = Sums.single(1, 2, Double.NaN);
    ScorecardRow row = compared(Estimator.MEAN, control, treatment);
    assertThat(row.note()).isEqualTo(ScorecardRow.OUT_OF_RANGE);
    assertThat(row.units()).isEqualTo(3);
    assertThat(row.mean()).isNull();
    assertThat(row.pValue()).isNull();
    assertThat(scorecard(Estimator.MEAN).rows("control", arms(treatment, control)))
        .extracting(ScorecardRow::note)
        .containsExactly(ScorecardRow.OUT_OF_RANGE, ScorecardRow.OUT_OF_RANGE);
  }

  @Test
  void ofNothingThereIsNoShare() {
    ScorecardRow row = compared(Estimator.MEAN, Sums.single(-1, 1), Sums.single(2, 4, 6));
    assertThat(row.effect()).isEqualTo(4);
    assertThat(row.effectRelative()).isNull();
    assertThat(row.pValueFixed()).isNotNull();
    assertThat(row.note()).isEqualTo(ScorecardRow.BASELINE_MEAN_ZERO);
  }

  @Test
  void outcomesBeforeThatDoNotVaryAdjustNothing() {
    List<double[]> control = List.of(new double[] {-1, 5}, new double[] {1, 5});
    List<double[]> treatment = List.of(new double[] {2, 5}, new double[] {3, 5});
    ScorecardRow row = compared(Estimator.MEAN, Sums.paired(control), Sums.paired(treatment));
    assertThat(row.pValue()).isNotNull();
    assertThat(row.cupedEffect()).isNull();
    assertThat(row.cupedStandardError()).isNull();
    assertThat(row.note())
        .isEqualTo(ScorecardRow.BASELINE_MEAN_ZERO + ", " + ScorecardRow.CUPED_UNAVAILABLE);
  }

  @Test
  void outcomesBeforeThatPredictAllLeaveNothingToTestBy() {
    List<double[]> control = List.of(new double[] {0.1, 0.3}, new double[] {0.2, 0.6});
    List<double[]> treatment = List.of(new double[] {0.3, 0.9}, new double[] {0.7, 2.1});
    ScorecardRow row = compared(Estimator.MEAN, Sums.paired(control), Sums.paired(treatment));
    assertThat(row.note()).isEqualTo(ScorecardRow.CUPED_UNAVAILABLE);
  }

  @Test
  void armsThatDoNotFitAreRefused() {
    Scorecard means = scorecard(Estimator.MEAN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> means.rows("absent", arms(Sums.single(1, 2))))
        .withMessage("no arm is the baseline absent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> means.rows("control", arms(Sums.single(1, 2), ArmSums.paired())));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                scorecard(Estimator.RATIO).rows("control", arms(Sums.single(1), ArmSums.single())));
  }
}
