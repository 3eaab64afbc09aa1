package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Effects have the standard errors of their formulas, worked out by hand. */
final class EffectTest {
  private static final ArmEstimate BASELINE = new ArmEstimate(100, 200, 2, 4);
  private static final ArmEstimate ARM = new ArmEstimate(50, 150, 3, 9);

  @Test
  void absoluteEffectAddsTheSquaredErrors() {
    Effect effect = Effect.absolute(BASELINE, ARM);
    assertThat(effect.estimate()).isEqualTo(1);
    assertThat(effect.standardError()).isCloseTo(Math.sqrt(0.04 + 0.18), within(1e-15));
    double degrees = 0.22 * 0.22 / (0.04 * 0.04 / 99 + 0.18 * 0.18 / 49);
    assertThat(effect.degreesOfFreedom()).isCloseTo(degrees, within(1e-9));
    assertThat(effect.units()).isEqualTo(150);
  }

  @Test
  void relativeEffectCountsTheErrorOfTheBaselineItIsAShareOf() {
    Effect effect = Effect.relative(BASELINE, ARM);
    assertThat(effect.estimate()).isEqualTo(0.5);
    double expected = 0.18 / 4 + 0.04 * 9 / 16;
    assertThat(effect.standardError()).isCloseTo(Math.sqrt(expected), within(1e-15));
  }

  @Test
  void moreIsPositiveAlsoWhereTheBaselineIsNegative() {
    ArmEstimate negative = new ArmEstimate(100, -200, -2, 4);
    Effect effect = Effect.relative(negative, new ArmEstimate(50, -50, -1, 9));
    assertThat(effect.estimate()).isEqualTo(0.5);
    assertThat(effect.standardError()).isCloseTo(Math.sqrt(0.18 / 4 + 0.04 / 16), within(1e-15));
  }

  @Test
  void shareOfNothingIsUnknown() {
    Effect effect = Effect.relative(new ArmEstimate(100, 0, 0, 4), ARM);
    assertThat(effect.estimate()).isNaN();
    assertThat(effect.isTestable()).isFalse();
    assertThat(WelchTest.pValue(effect)).isNaN();
    assertThat(WelchTest.interval(effect, 0.05)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void thetaIsThatOfBothArmsTogether() {
    // Within the arms y falls with x, by 1 and by 3; over both it rises.
    List<double[]> control = List.of(new double[] {1, 0}, new double[] {0, 1});
    List<double[]> treatment = List.of(new double[] {13, 10}, new double[] {10, 11});
    Cuped cuped = Cuped.of(Sums.paired(control), Sums.paired(treatment));
    // x: 0 1 10 11, mean 5.5, squares 101; y: 1 0 13 10, mean 6; products 240 - 4 * 5.5 * 6 = 108
    assertThat(cuped.theta()).isCloseTo(108.0 / 101, within(1e-15));
    assertThat(cuped.absolute().estimate()).isCloseTo(11 - 10 * 108.0 / 101, within(1e-12));
  }

  @Test
  void adjustedShareCountsTheErrorOfTheUnadjustedBaseline() {
    // control: means 2 and 2, variances 2/3 and 2/3, covariance 1/3; treatment: means 4 and 2.5
    List<double[]> control =
        List.of(new double[] {1, 1}, new double[] {3, 2}, new double[] {2, 3}, new double[] {2, 2});
    List<double[]> treatment =
        List.of(
            new double[] {2, 1.5}, new double[] {4, 2}, new double[] {5, 3}, new double[] {5, 3.5});
    Cuped cuped = Cuped.of(Sums.paired(control), Sums.paired(treatment));
    double theta = cuped.theta();
    double scale = 4.0 / 2;
    double ofControl = scale * scale * 2 / 3 + theta * theta * 2 / 3 - 2 * scale * theta / 3;
    Moments after = Moments.of(Sums.paired(treatment));
    double ofTreatment =
        after.variance() + theta * theta * after.secondVariance() - 2 * theta * after.covariance();
    Effect effect = cuped.relative();
    assertThat(effect.estimate()).isCloseTo((4 - 2.5 * theta - (2 - 2 * theta)) / 2, within(1e-12));
    assertThat(effect.standardError())
        .isCloseTo(Math.sqrt((ofControl + ofTreatment) / 4) / 2, within(1e-12));
  }

  @Property(tries = 200)
  void adjustingTakesOutWhatIsPredicted(@ForAll long seed) {
    Random random = new Random(seed);
    ArmSums control = ArmSums.paired();
    ArmSums treatment = ArmSums.paired();
    for (int i = 0; i < 400; i++) {
      double before = random.nextGaussian();
      (i % 2 == 0 ? control : treatment).add(before + random.nextGaussian(), before);
    }
    Effect plain =
        Effect.absolute(Estimator.MEAN.estimate(control), Estimator.MEAN.estimate(treatment));
    // Half the variance is explained, so the error is about 0.71 of what it was.
    assertThat(Cuped.of(control, treatment).absolute().standardError() / plain.standardError())
        .isBetween(0.55, 0.9);
  }
}
