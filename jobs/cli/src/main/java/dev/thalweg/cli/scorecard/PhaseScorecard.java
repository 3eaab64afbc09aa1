package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A phase of an experiment with its definition, which may be unknown.
 *
 * @param experiment the id
 * @param versions of the phase, by version; none where they are not known
 * @param next the first version of the next phase, if there is one
 * @param numbers what the views say
 */
public record PhaseScorecard(
    String experiment,
    List<ExperimentDefinition> versions,
    Optional<ExperimentDefinition> next,
    PhaseNumbers numbers) {
  private static final double USUAL_ALPHA = 0.05;

  /** Copies the list. */
  public PhaseScorecard {
    versions = List.copyOf(versions);
  }

  /**
   * A variant and its units.
   *
   * @param name of the variant
   * @param units how many it has
   * @param weight of the variant; empty where it is not known
   * @param promised the units that weights promise of all; empty where they are not known
   */
  record Arm(String name, long units, Optional<Integer> weight, Optional<Double> promised) {}

  int phase() {
    return numbers.phase();
  }

  /** The newest version of the phase. */
  Optional<ExperimentDefinition> definition() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** From which event time on the phase acts. */
  Optional<Instant> since() {
    return versions.stream().findFirst().map(first -> Instant.ofEpochMilli(first.effectiveFrom()));
  }

  /** From which event time on it does not act. */
  Optional<Instant> stop() {
    return definition()
        .filter(definition -> definition.stop() != ExperimentDefinition.NEVER)
        .map(definition -> Instant.ofEpochMilli(definition.stop()));
  }

  /** The newest arrival counted. */
  Optional<Instant> asOf() {
    return numbers.health().flatMap(Health::asOf);
  }

  /** The share of experiments without effect that may ever raise an alarm. */
  double alpha() {
    return definition().map(definition -> definition.statistics().alpha()).orElse(USUAL_ALPHA);
  }

  /** The variant that others are compared with. */
  Optional<String> baseline() {
    return definition()
        .map(definition -> definition.design().allocation().baseline())
        .or(
            () ->
                numbers.metrics().stream()
                    .flatMap(metric -> metric.rows().stream())
                    .map(ScorecardRow::baseline)
                    .findFirst());
  }

  /** In the definition's order, the baseline first; those that it does not have come last. */
  List<MetricScores> metrics() {
    List<String> names =
        definition().stream()
            .flatMap(definition -> definition.design().metrics().stream())
            .map(OutcomeMetric::name)
            .toList();
    return numbers.metrics().stream()
        .sorted(Comparator.comparingInt(scores -> place(names, scores.metric())))
        .map(scores -> new MetricScores(scores.metric(), sorted(scores.rows())))
        .toList();
  }

  private List<ScorecardRow> sorted(List<ScorecardRow> rows) {
    List<String> names = variants().stream().map(Variant::name).toList();
    return rows.stream()
        .sorted(
            Comparator.<ScorecardRow, Boolean>comparing(
                    row -> !row.variant().equals(row.baseline()))
                .thenComparing(row -> place(names, row.variant())))
        .toList();
  }

  private static int place(List<String> names, String name) {
    int place = names.indexOf(name);
    return place < 0 ? names.size() : place;
  }

  private List<Variant> variants() {
    return definition()
        .map(definition -> definition.design().allocation().variants())
        .orElse(List.of());
  }

  /** Whether units convert or do not; else a metric is a number. */
  boolean isConversion(MetricScores scores) {
    return definition().stream()
        .flatMap(definition -> definition.design().metrics().stream())
        .filter(metric -> metric.name().equals(scores.metric()))
        .findFirst()
        .map(metric -> metric.kind() == OutcomeKind.CONVERSION)
        .orElseGet(() -> scores.rows().stream().anyMatch(row -> row.pValuePooled() != null));
  }

  /** What no variant may do to a metric. */
  List<Guardrail> guardrails(String metric) {
    return definition().stream()
        .flatMap(definition -> definition.guardrails().stream())
        .filter(guardrail -> guardrail.metric().equals(metric))
        .toList();
  }

  /** The variants with their units, in the definition's order. */
  List<Arm> arms() {
    Map<String, Long> units = new LinkedHashMap<>();
    variants().forEach(variant -> units.put(variant.name(), 0L));
    for (MetricScores scores : metrics()) {
      scores.rows().forEach(row -> units.merge(row.variant(), row.units(), Math::max));
    }
    long all = units.values().stream().mapToLong(Long::longValue).sum();
    long weights = variants().stream().mapToLong(Variant::weight).sum();
    List<Arm> arms = new ArrayList<>();
    units.forEach(
        (name, count) -> {
          Optional<Integer> weight =
              variants().stream()
                  .filter(variant -> variant.name().equals(name))
                  .map(Variant::weight)
                  .findFirst();
          arms.add(new Arm(name, count, weight, weight.map(each -> (double) all * each / weights)));
        });
    return arms;
  }
}
