package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Prints how many closed minutes it takes until a regression of a conversion of 50 % is taken back,
 * at 50,000 units a minute in two arms: by tolerance of the guardrail, size of the regression, and
 * minutes without it before; by intervals of the whole phase alone, and with the cohorts of minutes
 * besides. Conversions are drawn from the normal distribution that is close to theirs.
 */
public final class RegressionPower {
  private static final int UNITS = 50_000;
  private static final double SHARE = 0.5;
  private static final int LIMIT = 360;
  private static final int TRIALS = 40;

  private final ExperimentDefinition definition;
  private final PhaseSums[][][] blocks = new PhaseSums[2][2][20];

  private RegressionPower(double tolerance) {
    definition = Scorings.definition(tolerance, 50, 50);
    for (int arm = 0; arm < 2; arm++) {
      for (int value = 0; value < 2; value++) {
        fill(blocks[arm][value], arm, value);
      }
    }
  }

  /** Each has twice as many units as the one before. */
  private void fill(PhaseSums[] sums, int arm, int value) {
    for (int power = 0; power < sums.length; power++) {
      sums[power] = new PhaseSums(Scorings.shape(definition));
      if (power == 0) {
        sums[0].addValue(1, arm, 1, value, 0);
      } else {
        sums[power].merge(sums[power - 1]);
        sums[power].merge(sums[power - 1]);
      }
    }
  }

  /** Runs it; no arguments. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("                                     by the phase alone          with cohorts");
    out.println("tolerance  regression  calm before  found  median   90 %    found  median   90 %");
    for (double tolerance : new double[] {-0.001, -0.005, -0.02}) {
      RegressionPower power = new RegressionPower(tolerance);
      for (int calm : new int[] {0, 10, 60}) {
        for (double regression : new double[] {0.1, 0.05, 0.02, 0.01, 0}) {
          out.println(power.row(tolerance, regression, calm));
        }
      }
    }
  }

  private String row(double tolerance, double regression, int calm) {
    int[] alone = new int[TRIALS];
    int[] both = new int[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      int[] found = minutes(regression, calm, new Random(trial));
      alone[trial] = found[0];
      both[trial] = Math.min(found[0], found[1]);
    }
    return String.format(
        Locale.ROOT,
        "%8.1f %% %9.0f %% %12d %s  %s",
        100 * tolerance,
        100 * regression,
        calm,
        shown(alone),
        shown(both));
  }

  private static String shown(int[] minutes) {
    Arrays.sort(minutes);
    long found = Arrays.stream(minutes).filter(minute -> minute <= LIMIT).count();
    return String.format(
        Locale.ROOT,
        "%4.0f %% %7s %6s",
        100.0 * found / TRIALS,
        shown(minutes[TRIALS / 2]),
        shown(minutes[TRIALS * 9 / 10]));
  }

  private static String shown(int minutes) {
    return minutes > LIMIT ? "> " + LIMIT : Integer.toString(minutes);
  }

  /**
   * Closed minutes from the beginning of the regression on until it is seen in the phase, and in
   * the cohort of a minute; above the limit if it is not.
   */
  private int[] minutes(double regression, int calm, Random random) {
    PhaseBook book = new PhaseBook(Scorings.shape(definition));
    long start = Scorings.START / 60_000;
    int[] found = {LIMIT + 1, LIMIT + 1};
    for (int minute = 0; minute < calm + LIMIT && found[0] > LIMIT; minute++) {
      double own = minute < calm ? SHARE : SHARE * (1 - regression);
      PhaseDelta delta = new PhaseDelta(book.shape());
      PhaseSums sums = delta.sums(start + minute);
      add(sums, 0, SHARE, random);
      add(sums, 1, own, random);
      delta.cohort(start + minute).merge(sums);
      book.add(delta);
      OpenMinute open = new OpenMinute(book.shape(), sums, delta.cohort(start + minute));
      Optional<Cohort> cohort = book.close(start + minute, open);
      PhaseScores scores = new PhaseScores(definition, book.closed());
      if (new Guards(scores).broken().isPresent()) {
        found[0] = minute - calm + 1;
      }
      if (found[1] > LIMIT && CohortGuards.look(book, cohort, definition).isPresent()) {
        found[1] = minute - calm + 1;
      }
    }
    return found;
  }

  private void add(PhaseSums sums, int arm, double share, Random random) {
    int units = UNITS / 2;
    double spread = Math.sqrt(units * share * (1 - share));
    long converted = Math.round(units * share + spread * random.nextGaussian());
    sums.addUnit(arm, units);
    add(sums, blocks[arm][1], converted);
    add(sums, blocks[arm][0], units - converted);
  }

  private static void add(PhaseSums sums, PhaseSums[] blocks, long units) {
    for (int power = 0; power < blocks.length; power++) {
      if ((units >> power & 1) == 1) {
        sums.merge(blocks[power]);
      }
    }
  }
}
