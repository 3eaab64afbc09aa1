package dev.thalweg.operators.experiments.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** When an experiment may be read, and so how far from 0 an effect must be to be taken as one. */
public enum StoppingRule {
  /** Once, after a number of units fixed beforehand: the two-sided z-test. */
  FIXED_HORIZON {
    @Override
    double criticalErrors(AnytimeValid test, double level, double units) {
      return NormalDistribution.of(0, 1).inverseSurvivalProbability(level / 2);
    }
  },

  /** Whenever and however often one likes: the test of {@link AnytimeValid}. */
  ANYTIME_VALID {
    @Override
    double criticalErrors(AnytimeValid test, double level, double units) {
      return test.criticalErrors(units, level);
    }
  };

  /** The least number of standard errors, given the units of both arms. */
  abstract double criticalErrors(AnytimeValid test, double level, double units);
}
