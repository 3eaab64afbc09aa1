package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import java.util.Optional;

/**
 * What has likely broken a sample ratio: a failure that refused exposures of one variant more than
 * of others.
 *
 * @param failure from the closed list
 * @param events exposures of the variant that it refused
 * @param variant which has fewer units than its weight gives it
 */
record DropCause(String failure, long events, String variant) {
  /** What part of the missing units the excess of refused exposures must reach. */
  private static final double PART = 0.1;

  /**
   * The cause. It is named where three things hold: what the failure refused is not spread as the
   * weights say (chi-square, at the level of {@link SampleRatio#ALERT}); the variant lacks units,
   * so that adding some of what it lost moves the ratio towards the weights; and what it lost
   * beyond its share is at least a tenth of the units it lacks. Of several it is the one with the
   * greatest excess. Empty if there is none.
   */
  static Optional<DropCause> of(PhaseScores scores, ExposureDrops drops) {
    double[] weights = scores.weights();
    double[] lacking = lacking(scores.units(), weights);
    DropCause cause = null;
    double greatest = 0;
    for (String failure : drops.failures()) {
      long[] refused = drops.of(failure);
      if (SampleRatio.pValue(refused, weights) >= SampleRatio.ALERT) {
        continue;
      }
      double[] excess = excess(refused, weights);
      for (int arm = 0; arm < excess.length; arm++) {
        boolean explains = lacking[arm] > 0 && excess[arm] >= PART * lacking[arm];
        if (explains && excess[arm] > greatest) {
          greatest = excess[arm];
          cause = new DropCause(failure, refused[arm], scores.variants().get(arm).name());
        }
      }
    }
    return Optional.ofNullable(cause);
  }

  /** How much more each arm has than its share of all in arms of positive weight. */
  private static double[] excess(long[] counts, double[] weights) {
    double total = sum(weights);
    double all = 0;
    for (int arm = 0; arm < counts.length; arm++) {
      all += weights[arm] > 0 ? counts[arm] : 0;
    }
    double[] excess = new double[counts.length];
    for (int arm = 0; arm < excess.length; arm++) {
      excess[arm] = counts[arm] - all * weights[arm] / total;
    }
    return excess;
  }

  /** How many units would bring each arm to its share, if no other gets any. */
  private static double[] lacking(long[] units, double[] weights) {
    double total = sum(weights);
    double[] lacking = excess(units, weights);
    for (int arm = 0; arm < lacking.length; arm++) {
      lacking[arm] /= weights[arm] / total - 1;
    }
    return lacking;
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  String inWords() {
    return "%s refused %s exposures of %s".formatted(failure, Words.ofCount(events), variant);
  }

  /** The same for the status of health, its number without separators. */
  String asStatus() {
    return "%s refused %d exposures of %s".formatted(failure, events, variant);
  }
}
