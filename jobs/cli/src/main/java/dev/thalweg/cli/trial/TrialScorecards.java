package dev.thalweg.cli.trial;

import dev.thalweg.cli.scorecard.ExperimentView;
import dev.thalweg.cli.scorecard.PhaseNumbers;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Scorecards as they stand when all rows were applied: of one key, the newer version counts. */
public final class TrialScorecards {
  private final Map<List<Object>, Score> scores = new LinkedHashMap<>();
  private final Map<List<Object>, Health> health = new LinkedHashMap<>();
  private final List<Decided> decisions = new ArrayList<>();

  TrialScorecards() {}

  void apply(ExperimentRow row) {
    if (row instanceof Score score) {
      put(
          scores,
          List.of(score.experiment(), score.phase(), score.metric(), score.row().variant()),
          score);
    } else if (row instanceof Health found) {
      put(health, List.of(found.experiment(), found.phase()), found);
    } else if (row instanceof Decided decided) {
      decisions.add(decided);
    }
  }

  private static <T extends ExperimentRow> void put(
      Map<List<Object>, T> rows, List<Object> key, T row) {
    rows.merge(key, row, (old, next) -> next.version() >= old.version() ? next : old);
  }

  /** Rows of {@code experiment_scorecards}. */
  public List<Score> scores() {
    return List.copyOf(scores.values());
  }

  /** Rows of {@code experiment_health}. */
  public List<Health> health() {
    return List.copyOf(health.values());
  }

  /** Rows of {@code experiment_decisions}, in the order in which they were made. */
  public List<Decided> decisions() {
    return List.copyOf(decisions);
  }

  /** An experiment as it is shown. */
  public ExperimentView view(ExperimentDefinition definition) {
    String experiment = definition.experiment();
    Map<String, List<ScorecardRow>> rows = new LinkedHashMap<>();
    for (Score score : scores.values()) {
      if (score.experiment().equals(experiment)) {
        rows.computeIfAbsent(score.metric(), metric -> new ArrayList<>()).add(score.row());
      }
    }
    List<PhaseNumbers.Decided> decided =
        new ArrayList<>(
            decisions.stream()
                .filter(decision -> decision.experiment().equals(experiment))
                .map(TrialScorecards::shown)
                .toList());
    Collections.reverse(decided);
    PhaseNumbers numbers =
        new PhaseNumbers(
            definition.phase(),
            rows.entrySet().stream()
                .map(metric -> new PhaseNumbers.MetricScores(metric.getKey(), metric.getValue()))
                .toList(),
            Optional.ofNullable(health.get(List.<Object>of(experiment, definition.phase())))
                .map(TrialScorecards::shown),
            List.of(),
            decided,
            0);
    return new ExperimentView(experiment, List.of(definition), List.of(numbers));
  }

  private static PhaseNumbers.Decided shown(Decided decided) {
    return new PhaseNumbers.Decided(
        Instant.ofEpochMilli(decided.decidedAt()),
        decided.decision().verdict().label(),
        Optional.ofNullable(decided.decision().variant()),
        decided.decision().reason());
  }

  private static PhaseNumbers.Health shown(Health health) {
    return new PhaseNumbers.Health(
        health.units(),
        OptionalDouble.of(health.sampleRatio()),
        OptionalDouble.of(health.sequentialSampleRatio()),
        health.unitsInSeveralVariants(),
        health.outcomesBefore(),
        health.unitsNeverExposed(),
        health.invalidExposures(),
        health.status(),
        Optional.of(Instant.ofEpochMilli(health.asOf())));
  }
}
