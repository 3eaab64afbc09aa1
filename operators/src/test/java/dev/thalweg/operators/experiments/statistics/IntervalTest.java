package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A test and its interval say the same. */
final class IntervalTest {
  private static Effect random(Random random) {
    double scale = Math.pow(10, random.nextInt(12) - 6);
    ArmEstimate baseline = estimate(random, 0, scale);
    return Effect.absolute(baseline, estimate(random, random.nextInt(6), scale));
  }

  private static ArmEstimate estimate(Random random, double errors, double scale) {
    long units = 2 + (long) Math.pow(10, 8 * random.nextDouble());
    double mean = (1 + (errors + random.nextGaussian()) / Math.sqrt(units)) * scale;
    return new ArmEstimate(units, mean * units, mean, (0.5 + random.nextDouble()) * scale * scale);
  }

  @Property(tries = 3000)
  void pValueIsAtMostAlphaJustWhereTheIntervalExcludesZero(@ForAll long seed) {
    Random random = new Random(seed);
    double alpha = Math.pow(10, -5 * random.nextDouble()) / 2;
    AnytimeValid test = new AnytimeValid(alpha, Math.pow(10, 1 + 5 * random.nextDouble()));
    Effect effect = random(random);
    assertThat(test.pValue(effect) <= alpha).isEqualTo(test.interval(effect).excludesZero());
    assertThat(WelchTest.pValue(effect) <= alpha)
        .isEqualTo(WelchTest.interval(effect, alpha).excludesZero());
  }

  @Property(tries = 1000)
  void anytimeValidityHasAPrice(@ForAll long seed) {
    Random random = new Random(seed);
    Effect effect = random(random);
    if (effect.degreesOfFreedom() < 30) {
      return;
    }
    AnytimeValid test = new AnytimeValid(0.05, 5000);
    Interval once = WelchTest.interval(effect, 0.05);
    Interval always = test.interval(effect);
    assertThat(always.low()).isLessThan(once.low());
    assertThat(always.high()).isGreaterThan(once.high());
  }

  @Test
  void valuesAreThoseOfTheFormulas() {
    // scipy 1.17 for t, the formulas in Python for the confidence sequence.
    Effect effect =
        Effect.absolute(new ArmEstimate(100, 200, 2, 4), new ArmEstimate(50, 150, 3, 9));
    assertThat(WelchTest.pValue(effect)).isCloseTo(0.036445116221085885, within(1e-12));
    assertThat(WelchTest.interval(effect, 0.05).low())
        .isCloseTo(0.06485997768036178, within(1e-12));
    AnytimeValid test = new AnytimeValid(0.05, 5000);
    assertThat(test.rho()).isCloseTo(0.0398401, within(5e-8));
    Interval interval = test.interval(effect);
    assertThat((interval.high() - interval.low()) / 2).isCloseTo(2.664359150649434, within(1e-12));
    assertThat(interval.low() + interval.high()).isCloseTo(2, within(1e-12));
    assertThat(test.pValue(effect)).isCloseTo(0.7187336381738222, within(1e-12));
    Effect larger =
        Effect.absolute(new ArmEstimate(100, 200, 2, 4), new ArmEstimate(50, 250, 5, 9));
    assertThat(test.pValue(larger)).isCloseTo(0.021782634320458853, within(1e-12));
  }

  @Test
  void intervalIsTightestInStandardErrorsAboutTheTuning() {
    AnytimeValid test = new AnytimeValid(0.05, 5000);
    double tightest = test.criticalErrors(5000, 0.05);
    assertThat(test.criticalErrors(1000, 0.05)).isGreaterThan(tightest * 1.03);
    assertThat(test.criticalErrors(25_000, 0.05)).isGreaterThan(tightest * 1.03);
    for (double units = 10; units < 1e7; units *= 1.1) {
      assertThat(test.criticalErrors(units, 0.05)).isGreaterThan(tightest * 0.99);
    }
  }

  @Test
  void ofWhatIsNotTestableNothingIsSaid() {
    Effect effect = Effect.absolute(new ArmEstimate(1, 2, 2, 4), new ArmEstimate(50, 150, 3, 9));
    AnytimeValid test = new AnytimeValid(0.05, 5000);
    assertThat(test.pValue(effect)).isNaN();
    assertThat(test.interval(effect)).isEqualTo(Interval.UNKNOWN);
    assertThat(WelchTest.pValue(effect)).isNaN();
    assertThat(Interval.UNKNOWN.excludesZero()).isFalse();
  }

  @Test
  void alphaAndTuningOutOfRangeAreRefused() {
    for (double alpha : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new AnytimeValid(alpha, 5000));
    }
    for (double tuning : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new AnytimeValid(0.05, tuning));
    }
  }
}
