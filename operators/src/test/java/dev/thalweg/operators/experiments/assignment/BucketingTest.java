package dev.thalweg.operators.experiments.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BucketingTest {
  private static final int UNITS = 100_000;

  /** The upper 1 in 10,000 of chi-square with 3 degrees of freedom. */
  private static final double LIMIT = 21.1;

  private static int expected(Bucketing bucketing, String salt, String unit, long... weights) {
    if (bucketing == Bucketing.FLAGD_FRACTIONAL_V2) {
      return StraightforwardBucketing.fractional(salt + unit, weights);
    }
    double total = 0;
    for (long weight : weights) {
      total += weight;
    }
    double[] shares = new double[weights.length];
    for (int arm = 0; arm < weights.length; arm++) {
      shares[arm] = weights[arm] / total;
    }
    int version = bucketing == Bucketing.GROWTHBOOK_V1 ? 1 : 2;
    return StraightforwardBucketing.growthBook(version, salt, unit, shares);
  }

  @ParameterizedTest
  @CsvSource({
    "flagd-fractional-v2, FLAGD_FRACTIONAL_V2",
    "growthbook-v1, GROWTHBOOK_V1",
    "growthbook-v2, GROWTHBOOK_V2"
  })
  void isFoundByItsName(String id, Bucketing bucketing) {
    assertThat(Bucketing.of(id)).contains(bucketing);
    assertThat(bucketing.id()).isEqualTo(id);
    assertThat(Bucketing.of(id + "3")).isEmpty();
  }

  @Property(tries = 3_000, seed = "7")
  void agreesWithThePlainestCode(
      @ForAll Bucketing bucketing,
      @ForAll @StringLength(max = 8) String salt,
      @ForAll @StringLength(min = 1, max = 20) String unit,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1_000) Integer> listed) {
    int[] weights = listed.stream().mapToInt(Integer::intValue).toArray();
    long[] wide = new long[weights.length];
    long total = 0;
    for (int i = 0; i < weights.length; i++) {
      wide[i] = weights[i];
      total += weights[i];
    }
    int arm = bucketing.assignment(salt, Weights.of(weights)).arm(unit);
    assertThat(arm).isEqualTo(total == 0 ? Assignment.NONE : expected(bucketing, salt, unit, wide));
  }

  @Property(tries = 500, seed = "8")
  void totalsUpToTheLargestAreExact(@ForAll @IntRange(min = 0) int first, @ForAll String unit) {
    int second = Integer.MAX_VALUE - first;
    assertThat(new FractionalAssignment("", Weights.of(first, second)).arm(unit))
        .isEqualTo(StraightforwardBucketing.fractional(unit, first, second));
  }

  /** Hashes at the borders of 32 bits, as flagd's own conformance suite names them. */
  @ParameterizedTest
  @CsvSource({"ejOoVL, 0, 0", "bY9fO-, 1, 0", "SI7p-, 2147483647, 0", "6LvT0, 2147483648, 1"})
  void hashIsUnsigned(String unit, long hash, int arm) {
    assertThat(Integer.toUnsignedLong(Murmur3.hash32(unit, 0))).isEqualTo(hash);
    assertThat(new FractionalAssignment("", Weights.of(50, 50)).arm(unit)).isEqualTo(arm);
  }

  @Test
  void highestHashIsInTheLastArmThatHasWeight() {
    assertThat(Integer.toUnsignedLong(Murmur3.hash32("ceQdGm", 0))).isEqualTo(4_294_967_295L);
    assertThat(new FractionalAssignment("", Weights.of(50, 50)).arm("ceQdGm")).isEqualTo(1);
    assertThat(Weights.of(1, 1, 0).arm(-1)).isEqualTo(1);
    assertThat(Weights.of(0, 1, 1).arm(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void sharesAreUniformAndSaltsIndependent(Bucketing bucketing) {
    Weights halves = Weights.of(1, 1);
    Assignment one = bucketing.assignment("checkout-1", halves);
    Assignment other = bucketing.assignment("search-1", halves);
    Random random = new Random(11);
    int[] cells = new int[4];
    for (int i = 0; i < UNITS; i++) {
      String unit = Long.toHexString(random.nextLong());
      cells[2 * one.arm(unit) + other.arm(unit)]++;
    }
    double chiSquare = 0;
    for (int cell : cells) {
      chiSquare += Math.pow(cell - UNITS / 4.0, 2) / (UNITS / 4.0);
    }
    assertThat(chiSquare).isLessThan(LIMIT);
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void armWithoutWeightGetsNobodyWhereverItStands(Bucketing bucketing) {
    Assignment assignment = bucketing.assignment("s", Weights.of(0, 3, 0, 7, 0));
    int[] units = new int[5];
    for (int i = 0; i < 20_000; i++) {
      units[assignment.arm("user-" + i)]++;
    }
    assertThat(units[0] + units[2] + units[4]).isZero();
    assertThat(units[1]).isBetween(5_700, 6_300);
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void nobodyGetsAnArmWhereNoneHasWeight(Bucketing bucketing) {
    assertThat(bucketing.assignment("s", Weights.of(0, 0)).arm("u")).isEqualTo(Assignment.NONE);
    assertThat(bucketing.assignment("s", Weights.of()).arm("u")).isEqualTo(Assignment.NONE);
  }

  @Property(tries = 2_000, seed = "9")
  void raisingAnArmByWeightOfItsNeighbourMovesUnitsIntoItOnly(
      @ForAll Bucketing bucketing,
      @ForAll @Size(min = 2, max = 4) List<@IntRange(max = 100) Integer> listed,
      @ForAll @IntRange(max = 3) int at,
      @ForAll boolean isUp,
      @ForAll @StringLength(min = 1, max = 12) String unit) {
    int[] weights = listed.stream().mapToInt(Integer::intValue).toArray();
    int raised = at % weights.length;
    int lowered = isUp ? raised + 1 : raised - 1;
    if (lowered < 0 || lowered >= weights.length) {
      return;
    }
    int before = bucketing.assignment("s", Weights.of(weights)).arm(unit);
    int[] changed = weights.clone();
    changed[raised] += (weights[lowered] + 1) / 2;
    changed[lowered] -= (weights[lowered] + 1) / 2;
    int after = bucketing.assignment("s", Weights.of(changed)).arm(unit);
    assertThat(after).isIn(before, raised);
    assertThat(after == before || before == lowered).isTrue();
  }

  @Test
  void armsBetweenTwoThatExchangeWeightShift() {
    Assignment before = Bucketing.FLAGD_FRACTIONAL_V2.assignment("s", Weights.of(1, 1, 1));
    Assignment after = Bucketing.FLAGD_FRACTIONAL_V2.assignment("s", Weights.of(2, 1, 0));
    int[][] moved = new int[3][3];
    for (int i = 0; i < 9_000; i++) {
      moved[before.arm("user-" + i)][after.arm("user-" + i)]++;
    }
    assertThat(moved[2][1]).as("out of the lowered arm").isBetween(2_800, 3_200);
    assertThat(moved[1][0]).as("into the raised arm").isBetween(2_800, 3_200);
    assertThat(moved[2][0]).isZero();
  }

  @Property(tries = 1_000, seed = "10")
  void raisingTheCoverageOnlyBringsNewUnitsIn(
      @ForAll @IntRange(max = 100) int less,
      @ForAll @IntRange(max = 100) int more,
      @ForAll @StringLength(min = 1, max = 12) String unit) {
    double low = Math.min(less, more) / 100.0;
    double high = Math.max(less, more) / 100.0;
    int before = growthBook(low).arm(unit);
    int after = growthBook(high).arm(unit);
    assertThat(before).isIn(after, Assignment.NONE);
  }

  private static Assignment growthBook(double coverage) {
    BucketRanges ranges = BucketRanges.of(3, coverage, 0.2, 0.3, 0.5);
    return new GrowthBookAssignment(GrowthBookHash.V2, "s", ranges);
  }

  @Test
  void growthBookGivesTheEmptyUnitNoArm() {
    assertThat(growthBook(1).arm("")).isEqualTo(Assignment.NONE);
  }

  @Test
  void refusesWeightsThatAreNone() {
    assertThatThrownBy(() -> Weights.of(1, -1)).hasMessage("weight -1 is negative");
    assertThatThrownBy(() -> Weights.of(Integer.MAX_VALUE, 1))
        .hasMessage("weights sum to more than 2147483647");
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void allocatesNothingForAUnit(Bucketing bucketing) {
    Assignment assignment = bucketing.assignment("checkout-1", Weights.of(50, 50));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += assignment.arm("Świętopełk-\ud83d\ude00");
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      sum += assignment.arm("Świętopełk-\ud83d\ude00");
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(sum).isIn(0, 10_100);
  }
}
