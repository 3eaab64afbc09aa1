package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What holds at all looks together, shown on 2,000 simulated experiments without any effect, each
 * looked at 100 times. A share of false alarms is within Monte-Carlo error of alpha if it is at
 * most alpha + 3 sqrt(alpha (1 - alpha) / 2000), here 0.0646.
 */
final class ManyLooksTest {
  private static final int EXPERIMENTS = 2000;
  private static final int LOOKS = 100;
  private static final double ALPHA = 0.05;
  private static final double BOUND = ALPHA + 3 * Math.sqrt(ALPHA * (1 - ALPHA) / EXPERIMENTS);

  /** How many experiments each test called at some look. */
  private record Alarms(int anytimeValid, int welch, int welchAtTheEnd, int intervals) {}

  /** Conversions of half the units; 64 units an arm for each word drawn. */
  private static Alarms alarms(int words, double tuning, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AnytimeValid test = new AnytimeValid(ALPHA, tuning);
    int always = 0;
    int naive = 0;
    int once = 0;
    int intervals = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      long[] conversions = new long[2];
      double leastAlways = 1;
      double leastNaive = 1;
      double last = 1;
      boolean excluded = false;
      for (int look = 1; look <= LOOKS; look++) {
        long units = 64L * words * look;
        Effect effect = effect(random, words, units, conversions);
        last = WelchTest.pValue(effect);
        leastNaive = Math.min(leastNaive, last);
        leastAlways = Math.min(leastAlways, test.pValue(effect));
        excluded |= test.interval(effect).excludesZero();
      }
      always += leastAlways <= ALPHA ? 1 : 0;
      naive += leastNaive <= ALPHA ? 1 : 0;
      once += last <= ALPHA ? 1 : 0;
      intervals += excluded ? 1 : 0;
    }
    return new Alarms(always, naive, once, intervals);
  }

  private static Effect effect(SplittableRandom random, int words, long units, long[] conversions) {
    ArmEstimate[] estimates = new ArmEstimate[2];
    for (int arm = 0; arm < 2; arm++) {
      for (int word = 0; word < words; word++) {
        conversions[arm] += Long.bitCount(random.nextLong());
      }
      double share = (double) conversions[arm] / units;
      estimates[arm] = new ArmEstimate(units, conversions[arm], share, share * (1 - share));
    }
    return Effect.absolute(estimates[0], estimates[1]);
  }

  private static double share(int experiments) {
    return (double) experiments / EXPERIMENTS;
  }

  @Test
  void falseAlarmsStayWithinAlphaHoweverOftenOneLooks() {
    Alarms alarms = alarms(2, 5000, 1);
    assertThat(share(alarms.anytimeValid())).isPositive().isLessThanOrEqualTo(BOUND);
    assertThat(alarms.intervals()).isEqualTo(alarms.anytimeValid());
  }

  @Test
  void falseAlarmsStayWithinAlphaAlsoIfTunedToFewUnits() {
    assertThat(share(alarms(4, 500, 2).anytimeValid())).isPositive().isLessThanOrEqualTo(BOUND);
  }

  @Test
  void testForOneLookRaisesFarMoreWhenLookedAtOften() {
    Alarms alarms = alarms(2, 5000, 3);
    assertThat(share(alarms.welch())).isGreaterThan(4 * BOUND);
    assertThat(share(alarms.welchAtTheEnd())).isBetween(2 * ALPHA - BOUND, BOUND);
  }

  @Test
  void sampleRatioRaisesNoMoreThanAlphaEither() {
    SplittableRandom random = new SplittableRandom(4);
    double[] weights = {1, 1};
    int sequential = 0;
    int chiSquare = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      long[] units = new long[2];
      double p = 1;
      double least = 1;
      for (int look = 0; look < LOOKS; look++) {
        for (int word = 0; word < 4; word++) {
          int left = Long.bitCount(random.nextLong());
          units[0] += left;
          units[1] += 64 - left;
        }
        p = SequentialSampleRatio.pValue(p, units, weights);
        least = Math.min(least, SampleRatio.pValue(units, weights));
      }
      sequential += p <= ALPHA ? 1 : 0;
      chiSquare += least <= ALPHA ? 1 : 0;
    }
    assertThat(share(sequential)).isPositive().isLessThanOrEqualTo(BOUND);
    assertThat(share(chiSquare)).isGreaterThan(4 * BOUND);
  }
}
