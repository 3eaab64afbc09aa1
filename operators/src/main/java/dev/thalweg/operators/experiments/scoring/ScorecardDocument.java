package dev.thalweg.operators.experiments.scoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Instant;
import java.util.List;

/**
 * Makes one JSON document of the rows of a phase. Names are those of the views' columns; what is
 * unknown is null, and times are text as ISO 8601 has them. The version is added by whoever writes
 * it and knows the run.
 */
final class ScorecardDocument {
  private ScorecardDocument() {}

  /** The document of all rows of a phase, one of health among them. */
  static Document of(List<ExperimentRow> rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Health health =
        rows.stream()
            .filter(Health.class::isInstance)
            .map(Health.class::cast)
            .findFirst()
            .orElseThrow();
    json.put("experiment", health.experiment());
    json.put("phase", health.phase());
    json.put("as_of", Instant.ofEpochMilli(health.asOf()).toString());
    add(health, json.putObject("health"));
    ArrayNode scorecard = json.putArray("scorecard");
    ArrayNode drops = json.putArray("drops");
    for (ExperimentRow row : rows) {
      if (row instanceof Score score) {
        add(score, scorecard.addObject());
      } else if (row instanceof Drops refused) {
        add(refused, drops.addObject());
      }
    }
    return new Document(health.experiment(), health.phase(), json.toString(), health.version());
  }

  private static void add(Health health, ObjectNode to) {
    to.put("units", health.units());
    to.put("srm_p_value", known(health.sampleRatio()));
    to.put("srm_p_value_sequential", known(health.sequentialSampleRatio()));
    to.put("units_in_several_variants", health.unitsInSeveralVariants());
    to.put("outcomes_before_exposure", health.outcomesBefore());
    to.put("units_with_outcome_never_exposed", health.unitsNeverExposed());
    to.put("invalid_exposures", health.invalidExposures());
    to.put("status", health.status());
  }

  private static void add(Score score, ObjectNode to) {
    ScorecardRow row = score.row();
    to.put("metric", score.metric());
    to.put("variant", row.variant());
    to.put("baseline", row.baseline());
    to.put("units", row.units());
    to.put("total", known(row.total()));
    to.put("mean", known(row.mean()));
    to.put("variance", known(row.variance()));
    to.put("effect", known(row.effect()));
    to.put("effect_relative", known(row.effectRelative()));
    to.put("standard_error", known(row.standardError()));
    to.put("ci_low", known(row.ciLow()));
    to.put("ci_high", known(row.ciHigh()));
    to.put("p_value", known(row.pValue()));
    to.put("p_value_fixed", known(row.pValueFixed()));
    to.put("p_value_pooled", known(row.pValuePooled()));
    to.put("p_value_holm", known(row.pValueHolm()));
    to.put("p_value_bh", known(row.pValueBh()));
    to.put("cuped_effect", known(row.cupedEffect()));
    to.put("cuped_standard_error", known(row.cupedStandardError()));
    to.put("note", row.note());
  }

  private static void add(Drops refused, ObjectNode to) {
    to.put("variant", refused.variant());
    to.put("failure", refused.failure());
    to.put("events", refused.events());
  }

  private static Double known(Double number) {
    return number == null || !Double.isFinite(number) ? null : number;
  }
}
