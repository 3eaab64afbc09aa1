package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.Interval;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides on an experiment, by its policy. All that it compares is valid at any time, so that it
 * may be asked every minute. In this order:
 *
 * <ol>
 *   <li>a broken sample ratio is for a person: nothing else can be believed;
 *   <li>with fewer units than the minimum it goes on;
 *   <li>a guardrail that is surely broken takes the variant back, whatever the time;
 *   <li>before the minimum time it goes on;
 *   <li>the first metric decides, its p-values adjusted by Holm: a variant that is surely better is
 *       shipped once no guardrail may be broken any more; variants that are all surely worse are
 *       taken back.
 * </ol>
 */
final class DecisionRule {
  private final PhaseScores scores;
  private final ExperimentDefinition definition;

  DecisionRule(PhaseScores scores) {
    this.scores = scores;
    definition = scores.definition();
  }

  /**
   * The decision.
   *
   * @param sampleRatio the running p-value of the sample ratio
   * @param elapsed since the first exposure of the phase
   */
  Decision decide(double sampleRatio, Duration elapsed) {
    if (sampleRatio < SampleRatio.ALERT) {
      return new Decision(Verdict.REVIEW, null, brokenRatio(sampleRatio));
    }
    long units = scores.allUnits();
    if (units < definition.policy().minimumUnits()) {
      return goOn(
          "%s of %s units"
              .formatted(Words.ofCount(units), Words.ofCount(definition.policy().minimumUnits())));
    }
    Optional<Decision> broken = brokenGuardrail();
    if (broken.isPresent()) {
      return broken.get();
    }
    if (elapsed.compareTo(definition.policy().minimumTime()) < 0) {
      return goOn(
          "%s of %s".formatted(Words.of(elapsed), Words.of(definition.policy().minimumTime())));
    }
    return byFirstMetric();
  }

  private static Decision goOn(String reason) {
    return new Decision(Verdict.CONTINUE, null, reason);
  }

  private String brokenRatio(double p) {
    List<String> arms = new ArrayList<>();
    long[] units = scores.units();
    List<Variant> variants = definition.design().allocation().variants();
    for (int arm = 0; arm < units.length; arm++) {
      Variant variant = variants.get(arm);
      arms.add(
          "%s %s (weight %d)"
              .formatted(Words.ofCount(units[arm]), variant.name(), variant.weight()));
    }
    return "the sample ratio is broken (p = %s): %s"
        .formatted(Words.ofP(p), String.join(", ", arms));
  }

  private List<String> others() {
    String baseline = definition.design().allocation().baseline();
    return definition.design().allocation().variants().stream()
        .map(Variant::name)
        .filter(name -> !name.equals(baseline))
        .toList();
  }

  private OutcomeMetric metric(String name) {
    return definition.design().metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Decision> brokenGuardrail() {
    for (Guardrail guardrail : definition.guardrails()) {
      for (String variant : others()) {
        Interval effect = scores.relativeEffect(metric(guardrail.metric()), variant);
        double tolerance = guardrail.tolerance();
        boolean isBroken = tolerance < 0 ? effect.high() < tolerance : effect.low() > tolerance;
        if (isBroken) {
          String reason =
              "%s of %s changed by %s to %s, and %s is tolerated"
                  .formatted(
                      guardrail.metric(),
                      variant,
                      Words.ofShare(effect.low()),
                      Words.ofShare(effect.high()),
                      Words.ofShare(tolerance));
          return Optional.of(new Decision(Verdict.ROLLBACK, variant, reason));
        }
      }
    }
    return Optional.empty();
  }

  /** The guardrail that a variant may still have broken. */
  private Optional<Guardrail> guardrailAtRisk(String variant) {
    return definition.guardrails().stream()
        .filter(
            guardrail -> {
              Interval effect = scores.relativeEffect(metric(guardrail.metric()), variant);
              double tolerance = guardrail.tolerance();
              return !(tolerance < 0 ? effect.low() > tolerance : effect.high() < tolerance);
            })
        .findFirst();
  }

  private Decision byFirstMetric() {
    OutcomeMetric metric = definition.design().metrics().get(0);
    List<ScorecardRow> rows =
        scores.rows(metric).stream().filter(row -> others().contains(row.variant())).toList();
    Optional<ScorecardRow> best =
        rows.stream()
            .filter(row -> isSure(row) && row.effect() > 0)
            .max(Comparator.comparingDouble(ScorecardRow::effect));
    if (best.isPresent()) {
      return better(metric, best.get());
    }
    Optional<ScorecardRow> worst =
        rows.stream()
            .filter(row -> isSure(row) && row.effect() < 0)
            .min(Comparator.comparingDouble(ScorecardRow::effect));
    boolean allWorse = rows.stream().allMatch(row -> isSure(row) && row.effect() < 0);
    return allWorse && worst.isPresent()
        ? new Decision(
            Verdict.ROLLBACK, worst.get().variant(), Words.ofEffect(metric.name(), worst.get()))
        : goOn(metric.name() + ": no difference is sure yet");
  }

  private Decision better(OutcomeMetric metric, ScorecardRow row) {
    String effect = Words.ofEffect(metric.name(), row);
    return guardrailAtRisk(row.variant())
        .map(risk -> goOn("%s; %s may be broken still".formatted(effect, risk.metric())))
        .orElseGet(() -> new Decision(Verdict.SHIP, row.variant(), effect));
  }

  private boolean isSure(ScorecardRow row) {
    return row.pValueHolm() != null && row.pValueHolm() < definition.statistics().alpha();
  }
}
