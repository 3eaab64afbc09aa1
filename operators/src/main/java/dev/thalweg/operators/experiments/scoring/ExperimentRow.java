package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.operators.metrics.ViewRow;

/**
 * A row of a view of experiments. Its version is how many events were applied to the phase, so that
 * it does not depend on their order.
 */
public sealed interface ExperimentRow extends ViewRow {
  /** The experiment. */
  String experiment();

  /** The phase, from 1 on. */
  int phase();

  /**
   * A row of {@code experiment_scorecards}.
   *
   * @param asOf the latest arrival counted, epoch milliseconds
   */
  record Score(
      String experiment, int phase, String metric, ScorecardRow row, long asOf, long version)
      implements ExperimentRow {}

  /**
   * A row of {@code experiment_health}.
   *
   * @param units of all arms
   * @param sampleRatio p-value for one look
   * @param sequentialSampleRatio p-value for any number of looks, over closed minutes
   * @param outcomesBefore events
   * @param status {@code ok}, or what is wrong
   * @param asOf the latest arrival counted, epoch milliseconds
   */
  record Health(
      String experiment,
      int phase,
      long units,
      double sampleRatio,
      double sequentialSampleRatio,
      long unitsInSeveralVariants,
      long outcomesBefore,
      long unitsNeverExposed,
      long invalidExposures,
      String status,
      long asOf,
      long version)
      implements ExperimentRow {}

  /**
   * A row of {@code experiment_decisions}; it is never changed.
   *
   * @param decidedAt end of the closed minute that it is based on, epoch milliseconds
   * @param evidence a JSON object
   * @param promotion the next version of the definition, as its text in the topic, where the policy
   *     leaves it to whoever decides; else null
   */
  record Decided(
      String experiment,
      int phase,
      long decidedAt,
      Decision decision,
      String evidence,
      String promotion)
      implements ExperimentRow {
    /** There is one decision for a minute, however often it is told. */
    @Override
    public long version() {
      return 0;
    }
  }

  /**
   * A row of {@code experiment_exposure_drops}: exposures that were refused and are dead letters.
   *
   * @param failure why, from the closed list
   * @param asOf the latest arrival counted, epoch milliseconds
   */
  record Drops(
      String experiment,
      int phase,
      String variant,
      String failure,
      long events,
      long asOf,
      long version)
      implements ExperimentRow {}

  /**
   * All rows of a phase but its decisions, as one document of the topic of scorecards.
   *
   * @param json a JSON object
   */
  record Document(String experiment, int phase, String json, long version)
      implements ExperimentRow {}
}
