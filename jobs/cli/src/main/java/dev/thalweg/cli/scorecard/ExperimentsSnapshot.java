package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What was published of experiments and what the views say of them at one moment.
 *
 * @param schema where the views are
 * @param experiments in order of their ids
 */
public record ExperimentsSnapshot(String schema, List<ExperimentView> experiments) {
  /** Copies the list. */
  public ExperimentsSnapshot {
    experiments = List.copyOf(experiments);
  }

  /**
   * Reads all of it in one transaction that writes nothing.
   *
   * @param definitions all versions that were published; none where they are not known
   */
  public static ExperimentsSnapshot read(
      PostgresAddress postgres, String schema, Collection<ExperimentDefinition> definitions)
      throws SQLException {
    return ScorecardReader.read(postgres, schema, definitions);
  }

  /** The one of that id. */
  public Optional<ExperimentView> experiment(String id) {
    return experiments.stream().filter(view -> view.experiment().equals(id)).findFirst();
  }
}
