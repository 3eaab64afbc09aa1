package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides on an experiment, by its policy. All that it compares is valid at any time, so that it
 * may be asked every minute. In this order:
 *
 * <ol>
 *   <li>where a single variant gets all units there is nothing to decide;
 *   <li>a broken sample ratio is for a person: nothing else can be believed;
 *   <li>with fewer units than the minimum it goes on;
 *   <li>a guardrail that is surely broken takes the variant back, whatever the time;
 *   <li>until a {@link Ramp} is over it takes its steps, unless all variants are surely worse;
 *   <li>before the minimum time it goes on;
 *   <li>the first metric decides, its p-values adjusted by Holm: a variant that is surely better is
 *       shipped once no guardrail may be broken any more; variants that are all surely worse are
 *       taken back.
 * </ol>
 */
final class DecisionRule {
  private final PhaseScores scores;
  private final ExposureDrops drops;
  private final ExperimentDefinition definition;
  private final Guards guards;

  DecisionRule(PhaseScores scores, ExposureDrops drops) {
    this.scores = scores;
    this.drops = drops;
    definition = scores.definition();
    guards = new Guards(scores);
  }

  /**
   * The decision.
   *
   * @param sampleRatio the running p-value of the sample ratio
   * @param elapsed since the first exposure of the phase
   */
  Decision decide(double sampleRatio, Duration elapsed) {
    if (scores.weighted().size() < 2) {
      return Decision.goOn("another variant", "all units get " + scores.weighted().get(0));
    }
    if (sampleRatio < SampleRatio.ALERT) {
      return new Decision(Verdict.REVIEW, null, brokenRatio(sampleRatio));
    }
    long units = scores.allUnits();
    if (units < definition.policy().minimumUnits()) {
      return Decision.goOn(
          "units",
          "%s of %s units"
              .formatted(Words.ofCount(units), Words.ofCount(definition.policy().minimumUnits())));
    }
    Optional<Decision> broken = guards.broken();
    if (broken.isPresent()) {
      return broken.get();
    }
    Ramp ramp = new Ramp(definition);
    if (!ramp.isOver(elapsed) && !areAllWorse(rows(firstMetric()))) {
      return ramp.decide(elapsed);
    }
    if (elapsed.compareTo(definition.policy().minimumTime()) < 0) {
      return Decision.goOn(
          "time",
          "%s of %s".formatted(Words.of(elapsed), Words.of(definition.policy().minimumTime())));
    }
    return byFirstMetric();
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
    String cause =
        DropCause.of(scores, drops).map(found -> "; likely as " + found.inWords()).orElse("");
    return "the sample ratio is broken (p = %s): %s%s"
        .formatted(Words.ofP(p), String.join(", ", arms), cause);
  }

  private Decision byFirstMetric() {
    OutcomeMetric metric = firstMetric();
    List<ScorecardRow> rows = rows(metric);
    Optional<ScorecardRow> best =
        rows.stream()
            .filter(row -> isSure(row) && row.effect() > 0)
            .max(Comparator.comparingDouble(ScorecardRow::effect));
    if (best.isPresent()) {
      return better(metric, best.get());
    }
    if (areAllWorse(rows)) {
      ScorecardRow worst = Collections.min(rows, Comparator.comparing(ScorecardRow::effect));
      return Decision.rollbackOfAll(worst.variant(), Words.ofEffect(metric.name(), worst));
    }
    return Decision.goOn("a difference", metric.name() + ": no difference is sure yet");
  }

  private OutcomeMetric firstMetric() {
    return definition.design().metrics().get(0);
  }

  private List<ScorecardRow> rows(OutcomeMetric metric) {
    return scores.rows(metric).stream()
        .filter(row -> scores.others().contains(row.variant()))
        .toList();
  }

  private boolean areAllWorse(List<ScorecardRow> rows) {
    return rows.stream().allMatch(row -> isSure(row) && row.effect() < 0);
  }

  private Decision better(OutcomeMetric metric, ScorecardRow row) {
    String effect = Words.ofEffect(metric.name(), row);
    return guards
        .atRisk(row.variant())
        .map(
            risk ->
                Decision.goOn(
                    "a guardrail", "%s; %s may be broken still".formatted(effect, risk.metric())))
        .orElseGet(() -> new Decision(Verdict.SHIP, row.variant(), effect));
  }

  private boolean isSure(ScorecardRow row) {
    return row.pValueHolm() != null && row.pValueHolm() < definition.statistics().alpha();
  }
}
