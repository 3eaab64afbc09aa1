package dev.thalweg.operators.experiments.scoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.Optional;

/** What a decision rests on, as JSON: closed minutes alone, so that a replay finds the same. */
final class Evidence {
  private Evidence() {}

  /**
   * The evidence.
   *
   * @param sampleRatio the running p-value of the sample ratio
   * @param cohort which guardrail a cohort shows to be broken, if any
   */
  static String of(PhaseScores scores, double sampleRatio, Optional<CohortGuards.Finding> cohort) {
    ExperimentDefinition definition = scores.definition();
    ObjectNode evidence = JsonNodeFactory.instance.objectNode();
    evidence.put("definition_version", definition.version());
    evidence.put("policy_sha256", DefinitionJson.policyHash(definition));
    evidence.put("units", scores.allUnits());
    evidence.put("srm_p_value_sequential", sampleRatio);
    ObjectNode offsets = evidence.putObject("offsets");
    scores.sources().offsets().forEach(offsets::put);
    ArrayNode contracts = evidence.putArray("contracts");
    scores.sources().contracts().forEach(contracts::add);
    ObjectNode metrics = evidence.putObject("metrics");
    for (OutcomeMetric metric : definition.design().metrics()) {
      ObjectNode variants = metrics.putObject(metric.name());
      for (ScorecardRow row : scores.rows(metric)) {
        add(row, variants.putObject(row.variant()));
      }
    }
    cohort.ifPresent(finding -> finding.writeTo(evidence.putObject("cohort")));
    return evidence.toString();
  }

  private static void add(ScorecardRow row, ObjectNode to) {
    to.put("units", row.units());
    to.put("mean", row.mean());
    if (!row.variant().equals(row.baseline())) {
      to.put("effect", row.effect());
      to.put("ci_low", row.ciLow());
      to.put("ci_high", row.ciHigh());
      to.put("p_value", row.pValue());
      to.put("p_value_holm", row.pValueHolm());
    }
  }
}
