package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Adjusted p-values are those of their authors, and count what is not yet known. */
final class CorrectionsTest {
  private static final Offset<Double> CLOSE = within(1e-15);

  /** Some p-values, with ties and unknown ones among them. */
  private static double[] pValues(Random random) {
    double[] pValues = new double[1 + random.nextInt(60)];
    for (int i = 0; i < pValues.length; i++) {
      pValues[i] =
          switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextInt(5) / 4.0;
            default -> Math.pow(random.nextDouble(), 1 + random.nextInt(6));
          };
    }
    return pValues;
  }

  @Test
  void agreeWithPublishedValues() {
    // R 4.5: p.adjust(c(.01, .04, .03, .005), "holm") and "BH"
    double[] pValues = {0.01, 0.04, 0.03, 0.005};
    assertThat(Corrections.holm(pValues)).containsExactly(new double[] {.03, .06, .06, .02}, CLOSE);
    assertThat(Corrections.benjaminiHochberg(pValues))
        .containsExactly(new double[] {.02, .04, .04, .02}, CLOSE);
  }

  @Test
  void benjaminiHochbergTakesTheLeastFromBehind() {
    // 4/1 * .04 = .16, 4/2 * .05 = .10, 4/3 * .06 = .08, 4/4 * .07 = .07
    assertThat(Corrections.benjaminiHochberg(new double[] {.07, .05, .04, .06}))
        .containsExactly(new double[] {.07, .07, .07, .07}, CLOSE);
  }

  @Test
  void unknownOnesStayUnknownAndAreCounted() {
    double[] pValues = {Double.NaN, 0.01, Double.NaN};
    assertThat(Corrections.holm(pValues)[1]).isEqualTo(0.03);
    assertThat(Corrections.benjaminiHochberg(pValues)[1]).isEqualTo(0.03);
    assertThat(Corrections.holm(pValues)[0]).isNaN();
    assertThat(Corrections.benjaminiHochberg(pValues)[2]).isNaN();
    assertThat(Corrections.holm(new double[0])).isEmpty();
    assertThat(Corrections.benjaminiHochberg(new double[0])).isEmpty();
  }

  @Property(tries = 1000)
  void neverFallBelowTheRawOnesAndHolmIsTheStricter(@ForAll long seed) {
    double[] raw = pValues(new Random(seed));
    double[] before = raw.clone();
    double[] holm = Corrections.holm(raw);
    double[] bh = Corrections.benjaminiHochberg(raw);
    assertThat(raw).isEqualTo(before);
    for (int i = 0; i < raw.length; i++) {
      if (!Double.isNaN(raw[i])) {
        assertThat(bh[i]).isBetween(raw[i], 1.0);
        assertThat(holm[i]).isBetween(bh[i], 1.0);
      }
    }
  }

  @Property(tries = 1000)
  void keepTheOrder(@ForAll long seed) {
    double[] raw = pValues(new Random(seed));
    double[] holm = Corrections.holm(raw);
    double[] bh = Corrections.benjaminiHochberg(raw);
    for (int i = 0; i < raw.length; i++) {
      for (int j = 0; j < raw.length; j++) {
        if (raw[i] <= raw[j]) {
          assertThat(holm[i]).isLessThanOrEqualTo(holm[j]);
          assertThat(bh[i]).isLessThanOrEqualTo(bh[j]);
        }
      }
    }
  }

  @Property(tries = 1000)
  void lessEvidenceAnywhereRaisesOrKeepsAll(@ForAll long seed) {
    Random random = new Random(seed);
    double[] raw = pValues(random);
    double[] raised = raw.clone();
    int place = random.nextInt(raw.length);
    raised[place] = raw[place] + (1 - raw[place]) * random.nextDouble();
    double[][] before = {Corrections.holm(raw), Corrections.benjaminiHochberg(raw)};
    double[][] after = {Corrections.holm(raised), Corrections.benjaminiHochberg(raised)};
    for (int i = 0; i < raw.length; i++) {
      if (!Double.isNaN(raw[i])) {
        assertThat(after[0][i]).isGreaterThanOrEqualTo(before[0][i]);
        assertThat(after[1][i]).isGreaterThanOrEqualTo(before[1][i]);
      }
    }
  }
}
