package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.report.ViewQueries;
import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the views of experiments. */
final class ScorecardReader {
  private static final String SCORES =
      """
      select experiment, phase, metric, variant, baseline, units, total, mean, variance, effect, effect_relative,
        standard_error, ci_low, ci_high, p_value, p_value_fixed, p_value_pooled, p_value_holm, p_value_bh,
        cuped_effect, cuped_standard_error, note
      from experiment_scorecards order by experiment, phase, metric, variant
      """;

  private static final String HEALTH =
      """
      select experiment, phase, units, srm_p_value, srm_p_value_sequential, units_in_several_variants,
        outcomes_before_exposure, units_with_outcome_never_exposed, invalid_exposures, status, as_of
      from experiment_health
      """;

  private static final String DROPS =
      """
      select experiment, phase, variant, failure, events
      from experiment_exposure_drops where events > 0 order by events desc, variant, failure
      """;

  private static final String DECISIONS =
      """
      select experiment, phase, decided_at, decision, variant, reason, decisions
      from (
        select *, row_number() over newest as age, count(*) over (partition by experiment, phase) as decisions
        from experiment_decisions window newest as (partition by experiment, phase order by decided_at desc)) ranked
      where age <= ? order by experiment, phase, decided_at desc
      """;

  private static final int MOST_DECISIONS = 50;
  private static final int FIRST_NUMBER = 7;

  private final SortedMap<String, SortedMap<Integer, Found>> experiments = new TreeMap<>();

  private ScorecardReader() {}

  /** What was read of a phase so far. */
  private static final class Found {
    private final Map<String, List<ScorecardRow>> metrics = new TreeMap<>();
    private final List<Drop> drops = new ArrayList<>();
    private final List<Decided> decisions = new ArrayList<>();
    private Optional<Health> health = Optional.empty();
    private long allDecisions;

    PhaseNumbers numbers(int phase) {
      return new PhaseNumbers(
          phase,
          metrics.entrySet().stream()
              .map(metric -> new MetricScores(metric.getKey(), metric.getValue()))
              .toList(),
          health,
          drops,
          decisions,
          allDecisions - decisions.size());
    }
  }

  static ExperimentsSnapshot read(
      PostgresAddress postgres, String schema, Collection<ExperimentDefinition> definitions)
      throws SQLException {
    ScorecardReader reader = new ScorecardReader();
    try (ViewQueries queries = ViewQueries.open(postgres, schema)) {
      reader.read(queries);
    }
    definitions.forEach(
        definition ->
            reader.experiments.computeIfAbsent(definition.experiment(), id -> new TreeMap<>()));
    return new ExperimentsSnapshot(
        schema,
        reader.experiments.keySet().stream()
            .map(id -> reader.view(id, definitions))
            .filter(ScorecardReader::isExperiment)
            .toList());
  }

  private ExperimentView view(String experiment, Collection<ExperimentDefinition> definitions) {
    return new ExperimentView(
        experiment,
        definitions.stream()
            .filter(definition -> definition.experiment().equals(experiment))
            .sorted(Comparator.comparingInt(ExperimentDefinition::version))
            .toList(),
        experiments.get(experiment).entrySet().stream()
            .map(phase -> phase.getValue().numbers(phase.getKey()))
            .toList());
  }

  /** Refused exposures may name what is none. */
  private static boolean isExperiment(ExperimentView view) {
    return !view.versions().isEmpty()
        || view.numbers().stream().anyMatch(phase -> !phase.isEmpty());
  }

  private Found found(ResultSet row) throws SQLException {
    return experiments
        .computeIfAbsent(row.getString(1), id -> new TreeMap<>())
        .computeIfAbsent(row.getInt(2), phase -> new Found());
  }

  private void read(ViewQueries queries) throws SQLException {
    queries.list(
        SCORES,
        row ->
            found(row)
                .metrics
                .computeIfAbsent(row.getString(3), name -> new ArrayList<>())
                .add(score(row)));
    queries.list(HEALTH, row -> found(row).health = Optional.of(health(row)));
    queries.list(
        DROPS,
        row -> found(row).drops.add(new Drop(row.getString(3), row.getString(4), row.getLong(5))));
    queries.list(
        DECISIONS,
        row -> {
          Found found = found(row);
          found.allDecisions = row.getLong(7);
          return found.decisions.add(
              new Decided(
                  ViewQueries.time(row, 3),
                  row.getString(4),
                  Optional.ofNullable(row.getString(5)),
                  row.getString(6)));
        },
        MOST_DECISIONS);
  }

  private static ScorecardRow score(ResultSet row) throws SQLException {
    Double[] numbers = new Double[15];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(row, FIRST_NUMBER + i);
    }
    return new ScorecardRow(
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        numbers[9],
        numbers[10],
        numbers[11],
        numbers[12],
        numbers[13],
        numbers[14],
        row.getString(FIRST_NUMBER + numbers.length));
  }

  private static Health health(ResultSet row) throws SQLException {
    return new Health(
        row.getLong(3),
        known(number(row, 4)),
        known(number(row, 5)),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getString(10),
        Optional.ofNullable(ViewQueries.time(row, 11)));
  }

  private static OptionalDouble known(Double number) {
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /** What is not finite is no number. */
  private static Double number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() || !Double.isFinite(number) ? null : (Double) number;
  }
}
