package dev.thalweg.cli.trial;

import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
}
