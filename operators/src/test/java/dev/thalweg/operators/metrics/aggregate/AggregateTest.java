package dev.thalweg.operators.metrics.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Aggregates do not show in which order and grouping they came about. */
final class AggregateTest {
  private static double exact(List<Double> numbers) {
    return numbers.stream()
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  /** Numbers of all magnitudes, many of which cancel one another. */
  private static List<Double> numbers(Random random) {
    List<Double> numbers = new ArrayList<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      double number = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      numbers.add(number);
      if (random.nextInt(3) == 0) {
        numbers.add(-number);
      }
    }
    Collections.shuffle(numbers, random);
    return numbers;
  }

  @Property(tries = 2000)
  void sumIsRoundedOnceWhateverTheOrderAndGrouping(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<Double> numbers = numbers(random);
    Sum[] groups = {new Sum(), new Sum(), new Sum()};
    for (double number : numbers) {
      groups[random.nextInt(3)].add(number);
    }
    Sum whole = (Sum) copy(groups[1]);
    whole.merge(groups[0]);
    whole.merge(copy(groups[2]));
    assertThat(whole.sum()).isEqualTo(exact(numbers));
    assertThat(whole.count()).isEqualTo(numbers.size());
  }

  @Property(tries = 500)
  void wholeNumbersKeepAllTheirDigits(@ForAll long a, @ForAll long b, @ForAll long c) {
    Sum sum = new Sum();
    sum.add(a);
    sum.add(b);
    sum.add(c);
    assertThat(sum.sum())
        .isEqualTo(
            BigDecimal.valueOf(a)
                .add(BigDecimal.valueOf(b))
                .add(BigDecimal.valueOf(c))
                .doubleValue());
  }

  @Test
  void sumOfWhatIsNotFiniteIsThatOfDoubles() {
    Sum sum = new Sum();
    sum.add(1.0);
    sum.add(Double.POSITIVE_INFINITY);
    assertThat(sum.sum()).isInfinite();
    sum.add(Double.NEGATIVE_INFINITY);
    assertThat(sum.sum()).isNaN();
    Sum large = new Sum();
    large.add(Double.MAX_VALUE);
    large.add(Double.MAX_VALUE);
    assertThat(large.sum()).isInfinite();
  }

  @Property(tries = 200)
  void quantilesAreWithinOnePercentWhateverTheOrder(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    double[] numbers =
        random.doubles(1 + random.nextInt(300)).map(d -> Math.exp(d * 20) - 500).toArray();
    Quantiles one = new Quantiles();
    Quantiles other = new Quantiles();
    for (double number : numbers) {
      (random.nextBoolean() ? one : other).add(number);
    }
    Quantiles whole = (Quantiles) copy(other);
    whole.merge(copy(one));
    Quantiles inOrder = new Quantiles();
    Arrays.sort(numbers);
    Arrays.stream(numbers).forEach(inOrder::add);
    for (double q : new double[] {0.01, 0.25, 0.5, 0.95, 0.99}) {
      double expected = numbers[(int) Math.floor(q * (numbers.length - 1))];
      assertThat(whole.quantile(q)).isEqualTo(inOrder.quantile(q));
      assertThat(whole.quantile(q)).isCloseTo(expected, within(Math.abs(expected) * 0.010001));
    }
  }

  @Test
  void distinctIsWithinItsErrorWhateverTheOrder() throws IOException {
    for (int n : new int[] {0, 1, 10, 1_000, 100_000}) {
      Distinct one = new Distinct();
      Distinct other = new Distinct();
      Distinct inOrder = new Distinct();
      Random random = new Random(n);
      for (int i = 0; i < n; i++) {
        inOrder.add(i, 7L * i);
        (random.nextBoolean() ? one : other).add(i, 7L * i);
        one.add(random.nextInt(i + 1), 0);
      }
      Distinct whole = (Distinct) copy(other);
      whole.merge(one);
      Distinct again = (Distinct) copy(one);
      again.merge(copy(other));
      assertThat(whole.estimate()).isEqualTo(again.estimate());
      // Five standard errors.
      assertThat(inOrder.estimate()).isCloseTo(n, within(n * 5 * 0.016 + 1e-3));
    }
  }

  @Test
  void extremesAndRatiosMerge() throws IOException {
    Extreme one = new Extreme();
    one.add(5);
    one.add(Double.NaN);
    Extreme other = new Extreme();
    other.add(-3);
    one.merge(copy(other));
    assertThat(one.least()).isEqualTo(-3);
    assertThat(one.greatest()).isEqualTo(5);

    Ratio ratio = new Ratio();
    ratio.upper().add(3L);
    Ratio more = new Ratio();
    more.lower().add(4L);
    ratio.merge(copy(more));
    assertThat(ratio.upper().sum() / ratio.lower().sum()).isEqualTo(0.75);
  }

  private static Aggregate copy(Aggregate aggregate) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    aggregate.write(out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    Aggregate read = Aggregate.read(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
