package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A sample is as large as textbooks say, and finds the effect as often as it claims. */
final class SamplePlanTest {
  private static final AnytimeValid TEST = new AnytimeValid(0.05, 5000);
  private static final List<Double> HALVES = List.of(50.0, 50.0);

  private static SamplePlan conversions(double share, List<Double> weights) {
    return new SamplePlan(BaselineMetric.conversion(share), weights, TEST);
  }

  private static SamplePlan means(double mean, double variance) {
    return new SamplePlan(BaselineMetric.of(mean, variance), HALVES, TEST);
  }

  @Test
  void oneLookNeedsWhatTextbooksSay() {
    // Chow, Shao, Wang 2008, section 4.2: 65 % against 85 %, n = 70.
    assertThat(fixed(conversions(0.65, HALVES), 0.2 / 0.65)).containsExactly(70L, 70L);
    // Half and a fifth of a standard deviation: 2 (1.96 + 0.8416)^2 / d^2 = 62.8 and 392.4.
    assertThat(fixed(means(1, 4), 1)).containsExactly(63L, 63L);
    assertThat(fixed(means(-1, 25), -1)).containsExactly(393L, 393L);
    // 10 % against 12 %: 7.8489 * (0.09 + 0.1056) / 0.02^2 = 3838.1
    assertThat(fixed(conversions(0.1, HALVES), 0.2)).containsExactly(3839L, 3839L);
  }

  private static List<Long> fixed(SamplePlan plan, double relative) {
    return plan.size(StoppingRule.FIXED_HORIZON, relative, 0.8).units();
  }

  @Test
  void anyNumberOfLooksNeedsWhatTheFormulaSays() {
    // 10 % against 12 %, solved in Python with scipy's brentq: units of one arm.
    SamplePlan plan = conversions(0.1, HALVES);
    assertThat(anytimeValid(plan, 0.5)).containsExactly(4565L, 4565L);
    assertThat(anytimeValid(plan, 0.8)).containsExactly(7589L, 7589L);
    assertThat(anytimeValid(plan, 0.9)).containsExactly(9479L, 9479L);
  }

  private static List<Long> anytimeValid(SamplePlan plan, double power) {
    return plan.size(StoppingRule.ANYTIME_VALID, 0.2, power).units();
  }

  @Test
  void atHalfThePowerTheHalfWidthIsTheEffect() {
    List<Long> units = means(10, 9).size(StoppingRule.ANYTIME_VALID, 0.01, 0.5).units();
    ArmEstimate baseline = new ArmEstimate(units.get(0), Double.NaN, 10, 9);
    ArmEstimate arm = new ArmEstimate(units.get(1), Double.NaN, 10.1, 9);
    Interval interval = TEST.interval(Effect.absolute(baseline, arm));
    assertThat(interval.low()).isCloseTo(0, within(1e-5)).isNotNegative();
  }

  /**
   * 10,000 experiments whose effect is there: at the planned size 0 is excluded as often as
   * planned, within 3 sqrt(0.8 * 0.2 / 10000), and at some of 50 looks up to then more often.
   */
  @Test
  void effectIsFoundAsOftenAsPlanned() {
    long units = means(10, 9).size(StoppingRule.ANYTIME_VALID, 0.01, 0.8).units().get(0);
    Random random = new Random(5);
    int looks = 50;
    int last = 0;
    int ever = 0;
    for (int experiment = 0; experiment < 10_000; experiment++) {
      double[] totals = new double[2];
      boolean excluded = false;
      boolean found = false;
      for (int look = 1; look <= looks; look++) {
        double seen = (double) units * look / looks;
        for (int arm = 0; arm < 2; arm++) {
          double each = (double) units / looks;
          totals[arm] += each * (10 + 0.1 * arm) + Math.sqrt(9 * each) * random.nextGaussian();
        }
        excluded = TEST.interval(effect(Math.round(seen), totals, seen)).excludesZero();
        found |= excluded;
      }
      last += excluded ? 1 : 0;
      ever += found ? 1 : 0;
    }
    assertThat(last / 10_000.0).isCloseTo(0.8, within(0.012));
    assertThat(ever / 10_000.0).isBetween(0.8, 0.95);
  }

  private static Effect effect(long units, double[] totals, double seen) {
    return Effect.absolute(
        new ArmEstimate(units, totals[0], totals[0] / seen, 9),
        new ArmEstimate(units, totals[1], totals[1] / seen, 9));
  }

  @Property(tries = 200)
  void plannedSizeIsTheSmallestWithThePower(@ForAll long seed) {
    Random random = new Random(seed);
    List<Double> weights = random.doubles(2 + random.nextInt(3), 0.5, 4).boxed().toList();
    SamplePlan plan =
        random.nextBoolean()
            ? conversions(0.01 + 0.6 * random.nextDouble(), weights)
            : new SamplePlan(BaselineMetric.of(-3, 1 + random.nextDouble()), weights, TEST);
    double relative = (0.02 + 0.5 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
    double power = 0.3 + 0.65 * random.nextDouble();
    for (StoppingRule rule : StoppingRule.values()) {
      SampleSize size = plan.size(rule, relative, power);
      assertThat(plan.power(rule, relative, size.total())).isGreaterThanOrEqualTo(power - 1e-9);
      double fewer = size.total() - weights.size();
      assertThat(plan.power(rule, relative, fewer)).isLessThan(power);
    }
  }

  @Test
  void powerFallsWithTheEffect() {
    SamplePlan plan = conversions(0.1, HALVES);
    for (StoppingRule rule : StoppingRule.values()) {
      double units = plan.size(rule, 0.2, 0.8).total();
      assertThat(plan.power(rule, 0.2, units)).isCloseTo(0.8, within(1e-4));
      assertThat(plan.power(rule, 0.15, units)).isBetween(0.4, 0.6);
      assertThat(plan.power(rule, 0.1, units)).isBetween(0.1, 0.3);
    }
    assertThat(plan.power(StoppingRule.FIXED_HORIZON, 0, 1000)).isCloseTo(0.05, within(1e-12));
    assertThat(plan.power(StoppingRule.ANYTIME_VALID, 0, 1000)).isLessThan(0.01);
  }

  @Test
  void tableShowsPowerAtSmallerEffectsDownToFalseAlarms() {
    SamplePlan plan = conversions(0.1, HALVES);
    double units = plan.size(StoppingRule.ANYTIME_VALID, 0.2, 0.8).total();
    List<Power> table = Power.table(plan, 0.2, units);
    assertThat(table).extracting(Power::relative).containsExactly(0.2, 0.2 * 0.75, 0.1, 0.05, 0.0);
    assertThat(table.get(0).anytimeValid()).isCloseTo(0.8, within(1e-4));
    assertThat(table)
        .isSortedAccordingTo(Comparator.comparingDouble(Power::fixedHorizon).reversed())
        .isSortedAccordingTo(Comparator.comparingDouble(Power::anytimeValid).reversed())
        .allMatch(row -> row.anytimeValid() < row.fixedHorizon());
    assertThat(table.get(4).fixedHorizon()).isCloseTo(0.05, within(1e-12));
    assertThat(table.get(4).anytimeValid()).isLessThan(0.01);
  }

  @Test
  void unitsFollowTheWeightsAndTheLeastArmDecides() {
    SamplePlan plan =
        new SamplePlan(BaselineMetric.of(1, 4), List.of(2.0, 1.0, 1.0), new AnytimeValid(.1, 5000));
    List<Long> units = fixed(plan, 1);
    // alpha is 0.1 / 2 for each arm; (1.96 + 0.8416)^2 * (4 / n_a + 4 / n_b), n_a = 2 n_b
    assertThat(units).containsExactly(95L, 48L, 48L);
    SamplePlan uneven =
        new SamplePlan(BaselineMetric.of(1, 4), List.of(2.0, 3.0, 1.0), new AnytimeValid(.1, 5000));
    assertThat(fixed(uneven, 1)).containsExactly(95L, 142L, 48L);
  }

  @Test
  void daysFollowFromUnitsADay() {
    SampleSize size = new SampleSize(List.of(95L, 48L, 48L));
    assertThat(size.total()).isEqualTo(191);
    assertThat(size.days(38.2)).isCloseTo(5, within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> size.days(0));
  }

  @Test
  void whatCannotBePlannedIsRefused() {
    SamplePlan plan = conversions(0.5, HALVES);
    StoppingRule rule = StoppingRule.FIXED_HORIZON;
    for (double relative : new double[] {0, Double.NaN, 1, -1, 5, 1e-12}) {
      assertThatIllegalArgumentException().isThrownBy(() -> plan.size(rule, relative, 0.8));
    }
    for (double power : new double[] {0, 0.05, 1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> plan.size(rule, 0.1, power));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> conversions(0.5, List.of(1.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> conversions(0.5, List.of(1.0, 0.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> BaselineMetric.conversion(0));
    assertThatIllegalArgumentException().isThrownBy(() -> BaselineMetric.of(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> BaselineMetric.of(1, 0));
  }
}
