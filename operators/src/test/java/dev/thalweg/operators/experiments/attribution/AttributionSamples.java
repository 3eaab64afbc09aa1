package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Serializers of this package, and what to try them on. */
public final class AttributionSamples {
  private AttributionSamples() {}

  /** Rules of a phase with two arms: a conversion, a sum with CUPED, and a ratio. */
  static PhaseRules rules() {
    return new PhaseRules(
        "größe",
        2,
        List.of("control", "größer"),
        true,
        List.of(
            rule(OutcomeKind.CONVERSION, 0),
            rule(OutcomeKind.SUM, 86_400_000),
            rule(OutcomeKind.RATIO, 0)));
  }

  private static MetricRule rule(OutcomeKind kind, long lookBack) {
    return new MetricRule(kind, 0, MetricRule.UNLIMITED, lookBack, Winsorization.none());
  }

  /** A serializer and a list of values each. */
  public static Stream<Arguments> values() {
    Hit exposure = new Hit(rules(), 1, List.of());
    Hit outcomes =
        new Hit(
            rules(),
            Hit.NO_ARM,
            List.of(
                new Hit.Outcome(0, 0, false),
                new Hit.Outcome(1, -0.1, false),
                new Hit.Outcome(2, 3, true)));
    UnitPhase unit = new UnitPhase(rules());
    PhaseDelta delta = new PhaseDelta(PhaseShape.of(rules()));
    unit.add(exposure, -5, "é", delta.changes());
    unit.add(outcomes, 7, "f", delta.changes());
    unit.add(outcomes, -70_000, "g", delta.changes());
    unit.settle(rules(), 0);
    delta.invalidExposure(9);
    delta.droppedExposure(1, "rule_violation", 11);
    delta.droppedExposure(0, "größer", 10);
    delta.sums(0).sources().add(new Origin("events.canonical", 2, 1L << 40, 7), "goal_reached v1");
    delta.sums(1).sources().add(new Origin("events.canonical", 0, 127, 7), "goal_reached v2");
    return Stream.of(
        Arguments.of(
            new UnitHitsSerializer(),
            List.of(
                new UnitHits(
                    "user_id=日本",
                    -5,
                    new Origin("events.canonical", 3, 1L << 40, 7),
                    "app_opened v2",
                    "é",
                    List.of(exposure, outcomes, Hit.history(rules(), outcomes.outcomes()))),
                new UnitHits("", Long.MIN_VALUE, new Origin("", 0, 0, 0), "", "", List.of()))),
        Arguments.of(
            new UnitAssignmentSerializer(),
            List.of(new UnitAssignment("user_id=日本", "größe", 2, "größer", -5, 7))),
        Arguments.of(new UnitPhaseSerializer(), List.of(new UnitPhase(rules()), unit)),
        Arguments.of(
            new PhaseDeltaSerializer(), List.of(new PhaseDelta(PhaseShape.of(rules())), delta)));
  }
}
