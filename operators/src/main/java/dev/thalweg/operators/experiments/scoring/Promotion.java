package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decision makes of a definition, where its policy leaves that to whoever decides. Only
 * weights change, so that the next version is another phase. It acts from a while after all that
 * was counted when it was decided: events of that time come when the version has been published, so
 * that a replay, which knows it from the beginning, counts them in the same phase.
 */
final class Promotion {
  static final Duration LEAD = Duration.ofMinutes(2);

  private final ExperimentDefinition acting;
  private final Allocation allocation;

  private Promotion(ExperimentDefinition acting) {
    this.acting = acting;
    allocation = acting.design().allocation();
  }

  /**
   * The next version; empty where a person acts, where there is nothing to do, and where the
   * experiment has stopped by then. A step of a ramp is as automatic as shipping is.
   *
   * @param acting the version that decided
   * @param countedUntil before which event time all lies that was counted for the phase, and the
   *     minute of the decision; epoch milliseconds
   */
  static Optional<ExperimentDefinition> of(
      ExperimentDefinition acting, Decision decision, long countedUntil) {
    Promotion promotion = new Promotion(acting);
    DecisionPolicy policy = acting.policy();
    boolean mayShip = policy.ship() == Acting.AUTOMATIC;
    boolean mayRollBack = policy.rollback() == Acting.AUTOMATIC;
    List<Variant> variants = List.of();
    if (decision.verdict() == Verdict.SHIP && mayShip) {
      variants = promotion.allTo(decision.variant());
    } else if (decision.verdict() == Verdict.ROLLBACK && mayRollBack) {
      variants = promotion.withoutThatOf(decision);
    } else if (decision.verdict() == Verdict.CONTINUE && decision.share() > 0 && mayShip) {
      variants = promotion.others(decision.share());
    }
    long from = Math.max(countedUntil + LEAD.toMillis(), acting.effectiveFrom() + 1);
    boolean changes = !variants.isEmpty() && !variants.equals(promotion.allocation.variants());
    return changes && from < acting.stop()
        ? Optional.of(promotion.next(variants, from))
        : Optional.empty();
  }

  private List<Variant> allTo(String winner) {
    int total = allocation.variants().stream().mapToInt(Variant::weight).sum();
    return allocation.variants().stream()
        .map(variant -> new Variant(variant.name(), variant.name().equals(winner) ? total : 0))
        .toList();
  }

  /** What is taken back leaves its weight to the baseline. */
  private List<Variant> withoutThatOf(Decision rollback) {
    if (rollback.isOfAll()) {
      return allTo(allocation.baseline());
    }
    int left =
        allocation.variants().stream()
            .filter(variant -> variant.name().equals(rollback.variant()))
            .mapToInt(Variant::weight)
            .sum();
    List<Variant> variants = new ArrayList<>();
    for (Variant variant : allocation.variants()) {
      int weight = variant.name().equals(rollback.variant()) ? 0 : variant.weight();
      variants.add(new Variant(variant.name(), isBaseline(variant) ? weight + left : weight));
    }
    return variants;
  }

  private boolean isBaseline(Variant variant) {
    return variant.name().equals(allocation.baseline());
  }

  /** Weights of which the others than the baseline have that percentage, divided as before. */
  private List<Variant> others(int percent) {
    long others =
        allocation.variants().stream()
            .filter(variant -> !isBaseline(variant))
            .mapToLong(Variant::weight)
            .sum();
    List<Long> weights = new ArrayList<>();
    for (Variant variant : allocation.variants()) {
      weights.add(
          isBaseline(variant) ? others * (100 - percent) : (long) variant.weight() * percent);
    }
    List<Integer> whole = WholeWeights.of(weights);
    List<Variant> scaled = new ArrayList<>();
    for (int arm = 0; arm < whole.size(); arm++) {
      scaled.add(new Variant(allocation.variants().get(arm).name(), whole.get(arm)));
    }
    return scaled;
  }

  private ExperimentDefinition next(List<Variant> variants, long from) {
    Design design = acting.design();
    Allocation changed =
        new Allocation(
            allocation.unit(),
            variants,
            allocation.baseline(),
            allocation.salt(),
            allocation.bucketing(),
            allocation.targeting());
    return new ExperimentDefinition(
            acting.experiment(),
            acting.version(),
            acting.phase(),
            acting.owner(),
            from,
            acting.stop(),
            new Design(
                changed, design.exposure(), design.crossover(), design.metrics(), design.routing()),
            acting.guardrails(),
            acting.statistics(),
            acting.policy())
        .after(acting);
  }
}
