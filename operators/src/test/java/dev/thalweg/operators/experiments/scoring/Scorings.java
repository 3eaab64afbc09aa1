package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Exposure;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.RampStep;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Experiments with two conversions, the second a guardrail, and sums over their units. */
final class Scorings {
  static final long START = 1_772_409_600_000L;
  static final long MINIMUM_UNITS = 1000;
  static final Duration MINIMUM_TIME = Duration.ofHours(1);

  private Scorings() {}

  static ExperimentDefinition definition(double tolerance, int... weights) {
    return definition(1, START, ExperimentDefinition.NEVER, MINIMUM_UNITS, tolerance, weights);
  }

  static ExperimentDefinition definition(
      int version, long from, long stop, long minimumUnits, double tolerance, int... weights) {
    DecisionPolicy manual =
        new DecisionPolicy(minimumUnits, MINIMUM_TIME, Acting.MANUAL, Acting.MANUAL, List.of());
    return definition(version, from, stop, manual, tolerance, weights);
  }

  static ExperimentDefinition definition(
      int version, long from, long stop, DecisionPolicy policy, double tolerance, int... weights) {
    return new ExperimentDefinition(
        "x",
        version,
        1,
        "growth",
        from,
        stop,
        design(weights),
        List.of(new Guardrail("stays", tolerance)),
        new AnytimeValid(0.05, 5000),
        policy);
  }

  /** Who gives all units the winner, who takes it back, and the steps before. */
  static ExperimentDefinition definition(
      Acting ship, Acting rollback, List<RampStep> ramp, int... weights) {
    DecisionPolicy policy = new DecisionPolicy(MINIMUM_UNITS, MINIMUM_TIME, ship, rollback, ramp);
    return definition(1, START, ExperimentDefinition.NEVER, policy, -0.02, weights);
  }

  private static Design design(int... weights) {
    List<Variant> variants =
        IntStream.range(0, weights.length).mapToObj(i -> new Variant("v" + i, weights[i])).toList();
    return new Design(
        new Allocation("user_id", variants, "v0", "x", Bucketing.FLAGD_FRACTIONAL_V2, ""),
        new Exposure("experiment_exposed", ""),
        Crossover.EXCLUDE,
        List.of(conversion("buys"), conversion("stays")),
        Routing.none());
  }

  private static OutcomeMetric conversion(String name) {
    return new OutcomeMetric(
        name,
        OutcomeKind.CONVERSION,
        new Outcome("goal_reached", "goal == '" + name + "'", ""),
        null,
        Duration.ZERO,
        Duration.ZERO,
        Winsorization.none(),
        Duration.ZERO);
  }

  static PhaseShape shape(ExperimentDefinition definition) {
    return PhaseShape.of(PhaseRules.of(definition));
  }

  /** Each arm has so many units, of which a share buys and a share stays. */
  static PhaseSums sums(ExperimentDefinition definition, double[]... arms) {
    return add(new PhaseSums(shape(definition)), arms);
  }

  /** The same as the change of a minute, by one event. */
  static PhaseDelta delta(ExperimentDefinition definition, long minute, double[]... arms) {
    PhaseDelta delta = new PhaseDelta(shape(definition));
    add(delta.sums(minute), arms);
    delta.count(minute);
    return delta;
  }

  /** An event that was read from there. */
  static UnitHits event(long time, int partition, long offset) {
    Origin origin = new Origin("events.canonical", partition, offset, time);
    return new UnitHits("user_id=u", time, origin, "goal_reached v1", "e", List.of());
  }

  private static PhaseSums add(PhaseSums sums, double[]... arms) {
    for (int arm = 0; arm < arms.length; arm++) {
      for (int unit = 0; unit < arms[arm][0]; unit++) {
        sums.addUnit(arm, 1);
        for (int metric = 0; metric < 2; metric++) {
          sums.addValue(metric, arm, 1, unit < arms[arm][0] * arms[arm][1 + metric] ? 1 : 0, 0);
        }
      }
    }
    return sums;
  }

  static double[] arm(long units, double buys, double stays) {
    return new double[] {units, buys, stays};
  }
}
