package dev.thalweg.cli.scorecard;

import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the views say of a phase of an experiment.
 *
 * @param phase from 1
 * @param metrics in order of their names
 * @param health whether the numbers can be trusted; empty before the first exposure
 * @param drops exposures that became dead letters, the most frequent first
 * @param decisions the newest first
 * @param earlierDecisions how many more there are
 */
public record PhaseNumbers(
    int phase,
    List<MetricScores> metrics,
    Optional<Health> health,
    List<Drop> drops,
    List<Decided> decisions,
    long earlierDecisions) {

  /**
   * A metric.
   *
   * @param metric its name
   * @param rows one for each variant
   */
  public record MetricScores(String metric, List<ScorecardRow> rows) {
    /** Copies the list. */
    public MetricScores {
      rows = List.copyOf(rows);
    }

    /** The row that the others are compared with, if it is there. */
    Optional<ScorecardRow> baseline() {
      return rows.stream().filter(row -> row.variant().equals(row.baseline())).findFirst();
    }

    /** Those that are compared. */
    List<ScorecardRow> compared() {
      return rows.stream().filter(row -> !row.variant().equals(row.baseline())).toList();
    }
  }

  /**
   * Whether all is well.
   *
   * @param units of all variants
   * @param sampleRatio p-value for one look
   * @param sequentialSampleRatio p-value for any number of looks
   * @param inSeveralVariants units that were seen in several variants
   * @param outcomesBefore events that were outcomes before the unit's exposure
   * @param neverExposed units that had outcomes and were never exposed
   * @param invalidExposures exposures that were not valid, or to no variant that there is
   * @param status {@code ok}, or what is wrong
   * @param asOf the newest arrival counted
   */
  public record Health(
      long units,
      OptionalDouble sampleRatio,
      OptionalDouble sequentialSampleRatio,
      long inSeveralVariants,
      long outcomesBefore,
      long neverExposed,
      long invalidExposures,
      String status,
      Optional<Instant> asOf) {}

  /**
   * Exposures that were refused.
   *
   * @param variant as they named it
   * @param failure why
   * @param events how many
   */
  public record Drop(String variant, String failure, long events) {}

  /**
   * A decision.
   *
   * @param at end of the minute that it rests on
   * @param verdict what is to be done
   * @param variant which one it is about, if any
   * @param reason why
   */
  public record Decided(Instant at, String verdict, Optional<String> variant, String reason) {}

  /** Copies the lists. */
  public PhaseNumbers {
    metrics = List.copyOf(metrics);
    drops = List.copyOf(drops);
    decisions = List.copyOf(decisions);
  }

  /** A phase of which nothing is known yet. */
  static PhaseNumbers none(int phase) {
    return new PhaseNumbers(phase, List.of(), Optional.empty(), List.of(), List.of(), 0);
  }

  /** Whether there is anything to be seen but refused exposures. */
  boolean isEmpty() {
    return metrics.isEmpty() && health.isEmpty() && decisions.isEmpty();
  }
}
