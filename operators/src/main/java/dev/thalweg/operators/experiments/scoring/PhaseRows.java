package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseHealth;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.List;
import java.util.function.Consumer;

/** Makes the rows of a phase as it stands, open minutes included. */
final class PhaseRows {
  private static final double MANY = 0.01;

  private PhaseRows() {}

  /**
   * The rows.
   *
   * @param definition the version that acts
   */
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
    for (String failure : book.drops().failures()) {
      drops(book, failure, scores.variants(), consumer);
    }
  }

  private static void drops(
      PhaseBook book, String failure, List<Variant> variants, Consumer<ExperimentRow> consumer) {
    long[] events = book.drops().of(failure);
    for (int arm = 0; arm < events.length; arm++) {
      if (events[arm] > 0) {
        consumer.accept(
            new ExperimentRow.Drops(
                book.shape().experiment(),
                book.shape().phase(),
                variants.get(arm).name(),
                failure,
                events[arm],
                book.latestArrival(),
                book.events()));
      }
    }
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
    if (scores.weighted().size() < 2) {
      return "one_variant";
    }
    if (book.sampleRatio() < SampleRatio.ALERT) {
      String mismatch = "sample_ratio_mismatch";
      return DropCause.of(scores, book.drops())
          .map(cause -> mismatch + ": " + cause.asStatus())
          .orElse(mismatch);
    }
    if (units + several == 0) {
      return "no_units";
    }
    if (several > MANY * (units + several)) {
      return "crossover";
    }
    return scores.unitsWithoutWeight() > MANY * units ? "units_without_weight" : "ok";
  }
}
