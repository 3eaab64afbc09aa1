package dev.thalweg.operators.experiments.scoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.statistics.AlphaSpending;
import dev.thalweg.operators.experiments.statistics.ArmEstimate;
import dev.thalweg.operators.experiments.statistics.Effect;
import dev.thalweg.operators.experiments.statistics.Tolerance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether variants keep within the guardrails in the cohort of a minute, which calm minutes before
 * do not outweigh. A cohort is looked at once; guardrails, variants and all cohorts of a phase
 * share alpha by {@link AlphaSpending}, so that a variant that keeps within them is taken back by
 * any cohort with at most that probability, as far as means are normal.
 */
final class CohortGuards {
  private static final long MINUTE_MILLIS = 60_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Cohort cohort;
  private final PhaseScores scores;

  CohortGuards(ExperimentDefinition definition, Cohort cohort) {
    this.cohort = cohort;
    scores = new PhaseScores(definition, cohort.sums());
  }

  /**
   * A guardrail that a cohort shows to be broken.
   *
   * @param effect as a share of the baseline
   * @param pValue that it is within what is tolerated
   * @param level that the p-value is below
   */
  record Finding(
      Cohort cohort,
      Guardrail guardrail,
      String variant,
      double effect,
      double pValue,
      double level) {
    /** Takes the variant back. */
    Decision decision() {
      String reason =
          "%s of %s changed by %s in the minute from %s UTC, and %s is tolerated"
              .formatted(
                  guardrail.metric(),
                  variant,
                  Words.ofShare(effect),
                  TIME.format(Instant.ofEpochMilli(cohort.minute() * MINUTE_MILLIS)),
                  Words.ofShare(guardrail.tolerance()));
      return new Decision(Verdict.ROLLBACK, variant, reason);
    }

    void writeTo(ObjectNode evidence) {
      evidence.put("from", Instant.ofEpochMilli(cohort.minute() * MINUTE_MILLIS).toString());
      evidence.put("look", cohort.place());
      evidence.put("metric", guardrail.metric());
      evidence.put("variant", variant);
      evidence.put("effect_relative", effect);
      evidence.put("p_value", pValue);
      evidence.put("level", level);
    }
  }

  /**
   * What the cohort of the minute just closed shows, or that of an earlier one showed and still
   * does by that definition: a finding stays one, as the looks after it could not take it back.
   */
  static Optional<Finding> look(
      PhaseBook book, Optional<Cohort> closed, ExperimentDefinition acting) {
    Optional<Finding> now = closed.flatMap(fresh -> new CohortGuards(acting, fresh).broken());
    now.ifPresent(finding -> book.broken(finding.cohort));
    return now.isPresent()
        ? now
        : book.broken().flatMap(found -> new CohortGuards(acting, found).broken());
  }

  private Optional<Finding> broken() {
    List<Guardrail> guardrails = scores.definition().guardrails();
    int pairs = guardrails.size() * scores.others().size();
    double alpha = scores.definition().statistics().alpha();
    double level = AlphaSpending.level(alpha, cohort.place(), pairs);
    for (Guardrail guardrail : guardrails) {
      for (String variant : scores.others()) {
        Finding finding = finding(guardrail, variant, level);
        if (finding.pValue < level) {
          return Optional.of(finding);
        }
      }
    }
    return Optional.empty();
  }

  private Finding finding(Guardrail guardrail, String variant, double level) {
    OutcomeMetric metric = scores.metric(guardrail.metric());
    ArmEstimate baseline = scores.baseline(metric);
    ArmEstimate arm = scores.estimate(metric, variant);
    double effect = Effect.relative(baseline, arm).estimate();
    double p = new Tolerance(guardrail.tolerance()).pValue(baseline, arm);
    return new Finding(cohort, guardrail, variant, effect, p, level);
  }
}
