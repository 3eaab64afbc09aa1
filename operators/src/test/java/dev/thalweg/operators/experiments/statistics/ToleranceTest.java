package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an arm changed by more than is tolerated is said no more often than alpha allows. */
final class ToleranceTest {
  private static final double ALPHA = 0.05;

  private static ArmEstimate conversion(long units, long converted) {
    double share = (double) converted / units;
    return new ArmEstimate(units, converted, share, share * (1 - share));
  }

  /** Arms at 50 % and 45 %; the error of the latter at 49 %: variances of 0.25 and 0.25. */
  @Test
  void comparesWithTheErrorAtWhatIsTolerated() {
    double error = Math.sqrt(0.25 / 1000 / 0.25 * (1 + 0.98 * 0.98));
    double z = (-0.1 + 0.02) / error;
    double expected = 0.5 * (1 + erf(z / Math.sqrt(2)));
    assertThat(new Tolerance(-0.02).pValue(conversion(1000, 500), conversion(1000, 450)))
        .isCloseTo(expected, within(1e-9));
  }

  /** By its series. */
  private static double erf(double x) {
    double sum = 0;
    double term = x;
    for (int n = 0; n < 60; n++) {
      sum += term / (2 * n + 1);
      term *= -x * x / (n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  @Test
  void seesOutcomesThatStoppedAltogether() {
    assertThat(new Tolerance(-0.02).pValue(conversion(1000, 100), conversion(1000, 0)))
        .isBetween(1e-14, 1e-8);
  }

  @Test
  void saysNothingOfFewUnitsNorWithoutSpread() {
    Tolerance tolerance = new Tolerance(-0.02);
    assertThat(tolerance.pValue(conversion(100, 50), conversion(99, 0))).isNaN();
    assertThat(tolerance.pValue(conversion(99, 50), conversion(100, 0))).isNaN();
    assertThat(tolerance.pValue(conversion(100, 50), conversion(100, 0))).isLessThan(1e-3);
    assertThat(tolerance.pValue(conversion(100, 0), conversion(100, 50))).isNaN();
  }

  @Test
  void levelsOfAllLooksSumToAlpha() {
    double sum = 0;
    for (int look = 1; look <= 1_000_000; look++) {
      sum += 3 * AlphaSpending.level(ALPHA, look, 3);
    }
    assertThat(sum).isBetween(ALPHA - 1e-7, ALPHA);
  }

  /** Both arms just at what is tolerated, and a hundred cohorts, of which none should be told. */
  @ParameterizedTest
  @CsvSource({
    "0.5, -0.02, 25000",
    "0.5, -0.02, 1000",
    "0.05, -0.1, 1000",
    "0.05, -0.1, 100",
    "0.9, -0.02, 500",
    "0.01, 0.1, 1000",
    "0.3, 0.05, 200"
  })
  void falseAlarmsOfAllMinutesStayWithinAlpha(double share, double tolerance, int units) {
    int phases = 2000;
    Counts baseline = new Counts(units, share);
    Counts arm = new Counts(units, share * (1 + tolerance));
    Tolerance test = new Tolerance(tolerance);
    SplittableRandom random = new SplittableRandom(units);
    int alarms = 0;
    for (int phase = 0; phase < phases; phase++) {
      boolean isTold = false;
      for (int look = 1; look <= 100; look++) {
        double p =
            test.pValue(
                conversion(units, baseline.draw(random)), conversion(units, arm.draw(random)));
        isTold |= p < AlphaSpending.level(ALPHA, look, 1);
      }
      alarms += isTold ? 1 : 0;
    }
    double error = Math.sqrt(ALPHA * (1 - ALPHA) / phases);
    assertThat((double) alarms / phases).isLessThan(ALPHA + 3 * error);
  }

  /** Draws how many of the units convert. */
  private static final class Counts {
    private final double[] upTo;

    Counts(int units, double share) {
      BinomialDistribution distribution = BinomialDistribution.of(units, share);
      upTo = new double[units + 1];
      double sum = 0;
      for (int count = 0; count <= units; count++) {
        sum += distribution.probability(count);
        upTo[count] = sum;
      }
    }

    long draw(SplittableRandom random) {
      int found = Arrays.binarySearch(upTo, random.nextDouble());
      return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }
  }
}
