package dev.thalweg.operators.metrics.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sums are exact also of products, and of what is taken away. */
final class ExactSumTest {
  private static double number(Random random) {
    return random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
  }

  @Property(tries = 500)
  void productsAreRoundedOnceWithTheSum(@ForAll long seed) {
    Random random = new Random(seed);
    ExactSum sum = new ExactSum();
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = random.nextInt(40); i > 0; i--) {
      double a = number(random);
      double b = number(random);
      sum.addProduct(a, b);
      exact = exact.add(new BigDecimal(a).multiply(new BigDecimal(b)));
    }
    assertThat(sum.value()).isEqualTo(exact.doubleValue());
  }

  @Property(tries = 500)
  void productOfSumsIsRoundedOnce(@ForAll long seed) {
    Random random = new Random(seed);
    ExactSum[] sums = {new ExactSum(), new ExactSum()};
    BigDecimal[] exact = {BigDecimal.ZERO, BigDecimal.ZERO};
    for (int i = random.nextInt(40); i > 0; i--) {
      double number = number(random);
      int side = random.nextInt(2);
      sums[side].add(number);
      exact[side] = exact[side].add(new BigDecimal(number));
    }
    ExactSum product = new ExactSum();
    product.addProduct(sums[0], sums[1]);
    assertThat(product.value()).isEqualTo(exact[0].multiply(exact[1]).doubleValue());
  }

  @Property(tries = 500)
  void whatIsTakenAwayLeavesNoTrace(@ForAll long seed) {
    Random random = new Random(seed);
    ExactSum kept = new ExactSum();
    ExactSum whole = new ExactSum();
    ExactSum gone = new ExactSum();
    for (int i = random.nextInt(40); i > 0; i--) {
      double number = number(random);
      (random.nextBoolean() ? kept : gone).add(number);
      whole.add(number);
    }
    whole.subtract(gone);
    assertThat(whole.value()).isEqualTo(kept.value());
    assertThat(ExactSum.of(whole.toArray()).value()).isEqualTo(kept.value());
  }

  @Test
  void emptySumLessItselfIsPlainZero() {
    ExactSum sum = new ExactSum();
    ExactSum one = new ExactSum();
    one.add(-0.1);
    sum.add(one);
    sum.subtract(one);
    assertThat(Double.doubleToRawLongBits(sum.value())).isZero();
  }
}
