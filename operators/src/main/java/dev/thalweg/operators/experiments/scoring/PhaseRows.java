package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseHealth;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.function.Consumer;

/** Makes the rows of a phase as it stands, open minutes included. */
final class PhaseRows {
  private static final double MUCH_CROSSOVER = 0.01;

  private PhaseRows() {}

  static void of(
      PhaseBook book, ExperimentDefinition definition, Consumer<ExperimentRow> consumer) {
    PhaseScores scores = new PhaseScores(definition, book.current());
    PhaseShape shape = book.shape();
    for (OutcomeMetric metric : definition.design().metrics()) {
      for (ScorecardRow row : scores.rows(metric)) {
        consumer.accept(
            new ExperimentRow.Score(
                shape.experiment(),
                shape.phase(),
                metric.name(),
                row,
                book.latestArrival(),
                book.events()));
      }
    }
    consumer.accept(health(book, scores));
  }

  private static ExperimentRow health(PhaseBook book, PhaseScores scores) {
    PhaseHealth health = book.health();
    return new ExperimentRow.Health(
        book.shape().experiment(),
        book.shape().phase(),
        scores.allUnits(),
        scores.sampleRatio(),
        book.sampleRatio(),
        health.inSeveralArms(),
        health.outcomesBefore(),
        health.neverExposed(),
        health.invalidExposures(),
        status(book, scores),
        book.latestArrival(),
        book.events());
  }

  private static String status(PhaseBook book, PhaseScores scores) {
    long units = scores.allUnits();
    long several = book.health().inSeveralArms();
    if (book.sampleRatio() < SampleRatio.ALERT) {
      return "sample_ratio_mismatch";
    }
    if (units + several == 0) {
      return "no_units";
    }
    return several > MUCH_CROSSOVER * (units + several) ? "crossover" : "ok";
  }
}
