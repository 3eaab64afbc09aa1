package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sums of an arm show neither order nor grouping, and give back what was taken in. */
final class ArmSumsTest {
  private static List<double[]> units(Random random) {
    List<double[]> units = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      double[] unit = Sums.unit(random);
      if (random.nextInt(20) == 0) {
        unit[random.nextInt(2)] = Double.NaN;
      }
      units.add(unit);
    }
    return units;
  }

  private static ArmSums sums(Random random) {
    return Sums.paired(units(random));
  }

  private static ArmSums merged(ArmSums one, ArmSums other) {
    ArmSums merged = Sums.copy(one);
    merged.merge(other);
    return merged;
  }

  private static void assertSame(ArmSums one, ArmSums other) {
    assertThat(Sums.moments(one)).isEqualTo(Sums.moments(other));
  }

  @Property(tries = 500)
  void mergeIsAssociativeAndCommutativeToTheBit(@ForAll long seed) {
    Random random = new Random(seed);
    ArmSums a = sums(random);
    ArmSums b = sums(random);
    ArmSums c = sums(random);
    assertSame(merged(a, b), merged(b, a));
    assertSame(merged(merged(a, b), c), merged(a, merged(b, c)));
    assertSame(merged(a, ArmSums.paired()), a);
  }

  @Property(tries = 500)
  void groupingOfUnitsLeavesNoTrace(@ForAll long seed) {
    Random random = new Random(seed);
    List<double[]> units = units(random);
    ArmSums inOrder = Sums.paired(units);
    Collections.shuffle(units, random);
    ArmSums[] groups = {ArmSums.paired(), ArmSums.paired(), ArmSums.paired()};
    units.forEach(unit -> groups[random.nextInt(3)].add(unit[0], unit[1]));
    assertSame(merged(groups[2], merged(groups[0], groups[1])), inOrder);
  }

  @Property(tries = 500)
  void removeUndoesAdd(@ForAll long seed) {
    Random random = new Random(seed);
    List<double[]> kept = units(random);
    List<double[]> gone = units(random);
    ArmSums sums = Sums.paired(gone);
    kept.forEach(unit -> sums.add(unit[0], unit[1]));
    Collections.shuffle(gone, random);
    gone.forEach(unit -> sums.remove(unit[0], unit[1]));
    assertSame(sums, Sums.paired(kept));
  }

  @Property(tries = 500)
  void removeUndoesAddOfOneValue(@ForAll long seed) {
    Random random = new Random(seed);
    double[] kept = random.doubles(random.nextInt(20)).map(d -> Sums.value(random)).toArray();
    ArmSums sums = Sums.single(kept);
    for (double outcome : new double[] {Sums.value(random), 1, -1e50, Double.NEGATIVE_INFINITY}) {
      sums.add(outcome);
      sums.remove(outcome);
    }
    assertSame(sums, Sums.single(kept));
  }

  @Property(tries = 500)
  void subtractUndoesMerge(@ForAll long seed) {
    Random random = new Random(seed);
    ArmSums kept = sums(random);
    ArmSums gone = sums(random);
    ArmSums sums = merged(gone, kept);
    sums.subtract(gone);
    assertSame(sums, kept);
    sums.subtract(kept);
    assertSame(sums, ArmSums.paired());
  }

  @Property(tries = 500)
  void whatIsReadIsWhatWasWritten(@ForAll long seed) {
    Random random = new Random(seed);
    ArmSums sums = sums(random);
    assertSame(Sums.copy(sums), sums);
    ArmSums single = Sums.single(Sums.value(random), Sums.value(random), Double.NaN);
    assertSame(Sums.copy(single), single);
    assertThat(Sums.copy(single).isPaired()).isFalse();
    assertSame(merged(Sums.copy(sums), sums), merged(sums, sums));
  }

  @Test
  void partsMayTakeBackBeforeTheyAreMerged() {
    ArmSums part = ArmSums.single();
    part.remove(3);
    part.add(5);
    part.remove(4);
    assertThat(part.units()).isEqualTo(-1);
    assertThat(Moments.of(part).mean()).isNaN();
    ArmSums sums = Sums.single(3, 4, 1);
    sums.merge(part);
    assertSame(sums, Sums.single(1, 5));
  }

  @Test
  void variancesAreThoseOfSamples() {
    Moments moments = Moments.of(Sums.paired(List.of(new double[] {1, 2}, new double[] {4, 8})));
    assertThat(moments.total()).isEqualTo(5);
    assertThat(moments.mean()).isEqualTo(2.5);
    assertThat(moments.variance()).isEqualTo(4.5);
    assertThat(moments.secondMean()).isEqualTo(5);
    assertThat(moments.secondVariance()).isEqualTo(18);
    assertThat(moments.covariance()).isEqualTo(9);
    assertThat(moments.ratio()).isEqualTo(0.5);
    assertThat(moments.ratioVariance()).isZero();
  }

  @Test
  void variancesSufferNoCancellation() {
    double[] outcomes = {1e15 + 0.25, 1e15 + 0.5, 1e15 + 0.75};
    assertThat(Moments.of(Sums.single(outcomes)).variance()).isEqualTo(0.0625);
    double[] same = new double[1000];
    Arrays.fill(same, 0.1);
    assertThat(Moments.of(Sums.single(same)).variance()).isZero();
  }

  @Test
  void ratioVarianceIsThatOfTheDeltaMethod() {
    List<double[]> units =
        List.of(new double[] {1, 2}, new double[] {0, 3}, new double[] {5, 4}, new double[] {2, 7});
    Moments moments = Moments.of(Sums.paired(units));
    double ratio = 8.0 / 16;
    assertThat(moments.ratio()).isEqualTo(ratio);
    double expected =
        (moments.variance()
                - 2 * ratio * moments.covariance()
                + ratio * ratio * moments.secondVariance())
            / 16;
    assertThat(moments.ratioVariance()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whatCannotBeSummedMakesAllUnknownUntilItIsRemoved() {
    for (double outcome :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e51, -Double.MAX_VALUE}) {
      ArmSums sums = Sums.single(1, 2, 3);
      sums.add(outcome);
      assertThat(sums.units()).isEqualTo(4);
      assertThat(sums.unmeasured()).isEqualTo(1);
      assertThat(Moments.of(sums).mean()).isNaN();
      assertThat(Moments.of(sums).variance()).isNaN();
      sums.remove(outcome);
      assertSame(sums, Sums.single(1, 2, 3));
    }
    ArmSums largest = Sums.paired(List.of(new double[] {1e50, -1e50}, new double[] {-1e50, 1}));
    assertThat(Sums.moments(largest)).allMatch(number -> Double.isFinite(number));
  }

  @Test
  void ofTooFewUnitsLittleIsKnown() {
    Moments none = Moments.of(ArmSums.paired());
    assertThat(none.total()).isZero();
    assertThat(none.mean()).isNaN();
    assertThat(none.variance()).isNaN();
    assertThat(none.ratio()).isNaN();
    assertThat(none.ratioVariance()).isNaN();
    Moments one = Moments.of(Sums.single(7));
    assertThat(one.mean()).isEqualTo(7);
    assertThat(one.variance()).isNaN();
    Moments withoutDenominator =
        Moments.of(Sums.paired(List.of(new double[] {1, 0}, new double[] {3, 0})));
    assertThat(withoutDenominator.ratio()).isNaN();
    assertThat(withoutDenominator.ratioVariance()).isNaN();
  }

  @Test
  void oneAndTwoValuesDoNotMix() {
    ArmSums single = ArmSums.single();
    ArmSums paired = ArmSums.paired();
    assertThatIllegalArgumentException().isThrownBy(() -> single.add(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> paired.remove(1));
    assertThatIllegalArgumentException().isThrownBy(() -> single.merge(paired));
    assertThatIllegalArgumentException().isThrownBy(() -> paired.subtract(single));
    assertThatIllegalArgumentException().isThrownBy(() -> Estimator.RATIO.estimate(single));
    assertThat(single.units()).isZero();
    assertThat(paired.units()).isZero();
  }
}
