package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Definitions of tests. */
public final class Definitions {
  /** When they begin to act. */
  public static final long MARCH = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

  private Definitions() {}

  /** An experiment that says something of everything. */
  public static ExperimentDefinition checkout() {
    return with(design(allocation(Bucketing.FLAGD_FRACTIONAL_V2, ios(), 50, 50)));
  }

  static ExperimentDefinition with(Allocation allocation) {
    return with(design(allocation));
  }

  static ExperimentDefinition with(Design design) {
    return new ExperimentDefinition(
        "checkout",
        1,
        1,
        "growth",
        MARCH,
        MARCH + Duration.ofDays(30).toMillis(),
        design,
        List.of(new Guardrail("revenue", -0.02)),
        new AnytimeValid(0.05, 5000),
        policy());
  }

  static DecisionPolicy policy() {
    return new DecisionPolicy(
        1000,
        Duration.ofDays(3),
        Acting.MANUAL,
        Acting.AUTOMATIC,
        List.of(new RampStep(1, Duration.ofDays(1)), new RampStep(50, Duration.ofHours(12))));
  }

  static String ios() {
    return "{\"==\": [{\"var\": \"platform\"}, \"ios\"]}";
  }

  static Allocation allocation(Bucketing bucketing, String targeting, int control, int treatment) {
    return new Allocation(
        "user_id",
        List.of(new Variant("control", control), new Variant("treatment", treatment)),
        "control",
        "checkout-1",
        bucketing,
        targeting);
  }

  static Design design(Allocation allocation) {
    return new Design(
        allocation,
        new Exposure("experiment_exposed", "surface != 'bot'"),
        Crossover.EXCLUDE,
        List.of(
            metric(
                "purchase", OutcomeKind.CONVERSION, new Outcome("goal_reached", "goal == 'p'", "")),
            new OutcomeMetric(
                "revenue",
                OutcomeKind.SUM,
                new Outcome("order_placed", "", "amount_cents"),
                null,
                Duration.ofHours(1),
                Duration.ofDays(7),
                new Winsorization(0, 100_000),
                Duration.ofDays(14))),
        new Routing(Map.of("treatment", "new-checkout"), Set.of("order_placed")));
  }

  static OutcomeMetric metric(String name, OutcomeKind kind, Outcome outcome) {
    return metric(name, kind, outcome, null);
  }

  static OutcomeMetric metric(String name, OutcomeKind kind, Outcome outcome, Outcome per) {
    return new OutcomeMetric(
        name,
        kind,
        outcome,
        per,
        Duration.ZERO,
        Duration.ZERO,
        Winsorization.none(),
        Duration.ZERO);
  }
}
