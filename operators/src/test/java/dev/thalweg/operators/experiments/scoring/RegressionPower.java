package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Prints how many closed minutes it takes until a regression of a conversion of 50 % is taken back,
 * at 50,000 units a minute in two arms: by tolerance of the guardrail, size of the regression, and
 * minutes without it before. Conversions are drawn from the normal distribution that is close to
 * theirs.
 */
public final class RegressionPower {
  private static final int UNITS = 50_000;
  private static final double SHARE = 0.5;
  private static final int LIMIT = 360;
  private static final int TRIALS = 40;

  private final ExperimentDefinition definition;
  private final PhaseSums[][] blocks = new PhaseSums[2][20];

  private RegressionPower(double tolerance) {
    definition = Scorings.definition(tolerance, 50, 50);
    for (int arm = 0; arm < 2; arm++) {
      for (int power = 0; power < blocks[arm].length; power++) {
        blocks[arm][power] = new PhaseSums(Scorings.shape(definition));
        if (power == 0) {
          blocks[arm][0].addValue(1, arm, 1, 1, 0);
        } else {
          blocks[arm][power].merge(blocks[arm][power - 1]);
          blocks[arm][power].merge(blocks[arm][power - 1]);
        }
      }
    }
  }

  /** Runs it; no arguments. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("tolerance  regression  calm before  taken back  minutes: median      90 %");
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
    int[] minutes = new int[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      minutes[trial] = minutes(regression, calm, new Random(trial));
    }
    Arrays.sort(minutes);
    long found = Arrays.stream(minutes).filter(minute -> minute <= LIMIT).count();
    return String.format(
        Locale.ROOT,
        "%8.1f %% %9.0f %% %12d %9.0f %% %16s %9s",
        100 * tolerance,
        100 * regression,
        calm,
        100.0 * found / TRIALS,
        shown(minutes[TRIALS / 2]),
        shown(minutes[TRIALS * 9 / 10]));
  }

  private static String shown(int minutes) {
    return minutes > LIMIT ? "> " + LIMIT : Integer.toString(minutes);
  }

  /** Closed minutes from the beginning of the regression on; above the limit if it is not seen. */
  private int minutes(double regression, int calm, Random random) {
    PhaseBook book = new PhaseBook(Scorings.shape(definition));
    long start = Scorings.START / 60_000;
    for (int minute = 0; minute < calm + LIMIT; minute++) {
      double own = minute < calm ? SHARE : SHARE * (1 - regression);
      PhaseDelta delta = new PhaseDelta(book.shape());
      add(delta.sums(start + minute), 0, SHARE, random);
      add(delta.sums(start + minute), 1, own, random);
      book.add(delta);
      book.closeNext(start + minute);
      PhaseScores scores = new PhaseScores(definition, book.closed());
      if (new Guards(scores).broken().isPresent()) {
        return minute - calm + 1;
      }
    }
    return LIMIT + 1;
  }

  private void add(PhaseSums sums, int arm, double share, Random random) {
    int units = UNITS / 2;
    double spread = Math.sqrt(units * share * (1 - share));
    long converted = Math.round(units * share + spread * random.nextGaussian());
    sums.addUnit(arm, units);
    for (int power = 0; power < blocks[arm].length; power++) {
      if ((converted >> power & 1) == 1) {
        sums.merge(blocks[arm][power]);
      }
    }
    for (long rest = units - converted; rest > 0; rest--) {
      sums.addValue(1, arm, 1, 0, 0);
    }
  }
}
