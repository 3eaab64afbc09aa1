package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Units that do not spread as the weights say are noticed, at one look and at many. */
final class SampleRatioTest {
  private static final double[] HALVES = {0.5, 0.5};

  @Test
  void armsOfWeightZeroAreNoDegreesOfFreedom() {
    double p = SampleRatio.pValue(new long[] {5000, 5350, 0}, new double[] {0.5, 0.5, 0});
    // scipy 1.17: chi2.sf(11.8357..., 1)
    assertThat(p).isCloseTo(0.0005810432839825978, within(1e-15)).isLessThan(SampleRatio.ALERT);
    assertThat(p).isEqualTo(SampleRatio.pValue(new long[] {5000, 5350}, HALVES));
  }

  @Test
  void sequentialBayesFactorIsThatOfTheFormula() {
    long[] units = {5000, 5350};
    assertThat(Math.exp(SequentialSampleRatio.logBayesFactor(units, HALVES)))
        .isCloseTo(14.223047615976776, within(1e-8));
    assertThat(SequentialSampleRatio.pValue(1, units, HALVES)).isCloseTo(0.0703084, within(5e-8));
    assertThat(
            Math.exp(
                SequentialSampleRatio.logBayesFactor(
                    new long[] {400, 300, 0, 340}, new double[] {2, 1, 0, 1})))
        .isCloseTo(14.031527535794336, within(1e-8));
  }

  @Test
  void sequentialPValueNeverRises() {
    double p = SequentialSampleRatio.pValue(1, new long[] {5000, 5350}, HALVES);
    assertThat(SequentialSampleRatio.pValue(p, new long[] {50_000, 50_000}, HALVES)).isEqualTo(p);
    assertThat(SequentialSampleRatio.pValue(1, new long[] {50_000, 50_000}, HALVES)).isOne();
    assertThat(SequentialSampleRatio.pValue(p, new long[] {5000, 6000}, HALVES)).isLessThan(p);
  }

  @Test
  void unitsInArmsOfWeightZeroAreLeftOut() {
    long[] units = {5000, 77, 5350};
    double[] weights = {3, 0, 3};
    // scipy 1.17: chi2.sf(11.8357..., 1)
    assertThat(SampleRatio.pValue(units, weights)).isCloseTo(0.0005810432839825978, within(1e-15));
    assertThat(SequentialSampleRatio.pValue(1, units, weights)).isCloseTo(0.0703084, within(5e-8));
    long[] even = {10, 10, 1};
    double[] halves = {1, 1, 0};
    assertThat(SampleRatio.pValue(even, halves)).isOne();
    assertThat(SequentialSampleRatio.pValue(1, even, halves)).isOne();
    assertThat(SampleRatio.pValue(new long[] {0, 0, 9}, halves)).isOne();
    assertThat(SequentialSampleRatio.pValue(1, new long[] {0, 0, 9}, halves)).isOne();
  }

  @Test
  void withoutUnitsOrChoiceNothingIsAmiss() {
    assertThat(SampleRatio.pValue(new long[] {0, 0}, HALVES)).isOne();
    assertThat(SequentialSampleRatio.pValue(1, new long[] {0, 0}, HALVES)).isOne();
    assertThat(SampleRatio.pValue(new long[] {7, 0}, new double[] {3, 0})).isOne();
    assertThat(SequentialSampleRatio.pValue(1, new long[] {7, 0}, new double[] {3, 0})).isOne();
  }

  @Property(tries = 500)
  void onlySharesOfWeightsCountAndNotTheOrderOfArms(@ForAll long seed) {
    Random random = new Random(seed);
    long[] units = {random.nextInt(5000), random.nextInt(5000), 1 + random.nextInt(5000)};
    double[] weights = {1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9)};
    long[] turned = {units[2], units[0], units[1]};
    double[] scaled = {weights[2] / 7, weights[0] / 7, weights[1] / 7};
    double p = SampleRatio.pValue(units, weights);
    assertThat(p).isBetween(0.0, 1.0);
    assertThat(SampleRatio.pValue(turned, scaled)).isCloseTo(p, within(1e-12));
    double factor = SequentialSampleRatio.logBayesFactor(units, weights);
    assertThat(SequentialSampleRatio.logBayesFactor(turned, scaled))
        .isCloseTo(factor, within(1e-8));
  }

  @Test
  void countsAndWeightsThatCannotBeAreRefused() {
    long[] units = {1, 2};
    for (double[] weights :
        new double[][] {{1}, {0, 0}, {-1, 2}, {Double.NaN, 1}, {Double.POSITIVE_INFINITY, 1}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SampleRatio.pValue(units, weights));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SequentialSampleRatio.logBayesFactor(units, weights));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleRatio.pValue(new long[] {-1, 2}, HALVES))
        .withMessage("arm 0 has -1 units and weight 0.5");
  }
}
