package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.Random;

/**
 * Minutes of units that go to one of two arms by chance, and convert by chance.
 *
 * @param units a minute, of both arms
 * @param share that converts in the first arm
 * @param regression by what part fewer do in the second
 */
record Traffic(int units, double share, double regression) {
  PhaseDelta minute(ExperimentDefinition definition, long minute, Random random) {
    PhaseDelta delta = new PhaseDelta(Scorings.shape(definition));
    PhaseSums sums = new PhaseSums(delta.shape());
    for (int unit = 0; unit < units; unit++) {
      int arm = random.nextInt(2);
      double own = arm == 0 ? share : share * (1 - regression);
      sums.addUnit(arm, 1);
      sums.addValue(0, arm, 1, random.nextDouble() < 0.1 ? 1 : 0, 0);
      sums.addValue(1, arm, 1, random.nextDouble() < own ? 1 : 0, 0);
    }
    delta.sums(minute).merge(sums);
    delta.cohort(minute).merge(sums);
    delta.count(minute);
    return delta;
  }
}
