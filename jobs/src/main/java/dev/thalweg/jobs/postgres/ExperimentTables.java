package dev.thalweg.jobs.postgres;

import static java.util.Comparator.comparing;

import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Health;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Score;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** The tables of experiments. */
final class ExperimentTables {
  private static final ViewTable<Score> SCORECARDS =
      ViewTable.lasting(
          "experiment_scorecards",
          Score.class,
          ExperimentTables.<Score>byPhase()
              .thenComparing(Score::metric)
              .thenComparing(score -> score.row().variant()),
          """
          insert into experiment_scorecards (experiment, phase, metric, variant, baseline, units, total, mean, variance,
            effect, effect_relative, standard_error, ci_low, ci_high, p_value, p_value_fixed, p_value_pooled, p_value_holm,
            p_value_bh, cuped_effect, cuped_standard_error, note, as_of, version)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (experiment, phase, metric, variant) do update set
            baseline = excluded.baseline, units = excluded.units, total = excluded.total, mean = excluded.mean,
            variance = excluded.variance, effect = excluded.effect, effect_relative = excluded.effect_relative,
            standard_error = excluded.standard_error, ci_low = excluded.ci_low, ci_high = excluded.ci_high,
            p_value = excluded.p_value, p_value_fixed = excluded.p_value_fixed, p_value_pooled = excluded.p_value_pooled,
            p_value_holm = excluded.p_value_holm, p_value_bh = excluded.p_value_bh, cuped_effect = excluded.cuped_effect,
            cuped_standard_error = excluded.cuped_standard_error, note = excluded.note, as_of = excluded.as_of,
            version = excluded.version
          where experiment_scorecards.version <= excluded.version
          """,
          ExperimentTables::bindScore);

  private static final ViewTable<Health> HEALTH =
      ViewTable.lasting(
          "experiment_health",
          Health.class,
          byPhase(),
          """
          insert into experiment_health (experiment, phase, units, srm_p_value, srm_p_value_sequential,
            units_in_several_variants, outcomes_before_exposure, units_with_outcome_never_exposed, invalid_exposures,
            status, as_of, version)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (experiment, phase) do update set
            units = excluded.units, srm_p_value = excluded.srm_p_value,
            srm_p_value_sequential = excluded.srm_p_value_sequential,
            units_in_several_variants = excluded.units_in_several_variants,
            outcomes_before_exposure = excluded.outcomes_before_exposure,
            units_with_outcome_never_exposed = excluded.units_with_outcome_never_exposed,
            invalid_exposures = excluded.invalid_exposures, status = excluded.status, as_of = excluded.as_of,
            version = excluded.version
          where experiment_health.version <= excluded.version
          """,
          ExperimentTables::bindHealth);

  /** A decision that is told again as it was changes nothing; a later run may tell another. */
  private static final ViewTable<Decided> DECISIONS =
      ViewTable.lasting(
          "experiment_decisions",
          Decided.class,
          ExperimentTables.<Decided>byPhase().thenComparing(Decided::decidedAt),
          """
          insert into experiment_decisions as d (experiment, phase, decided_at, decision, variant, reason, evidence, version)
          values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)
          on conflict (experiment, phase, decided_at) do update set
            decision = excluded.decision, variant = excluded.variant, reason = excluded.reason,
            evidence = excluded.evidence, version = excluded.version
          where d.version <= excluded.version and (d.decision, d.variant, d.reason, d.evidence)
            is distinct from (excluded.decision, excluded.variant, excluded.reason, excluded.evidence)
          """,
          ExperimentTables::bindDecided);

  private static final ViewTable<Drops> EXPOSURE_DROPS =
      ViewTable.lasting(
          "experiment_exposure_drops",
          Drops.class,
          ExperimentTables.<Drops>byPhase()
              .thenComparing(Drops::variant)
              .thenComparing(Drops::failure),
          """
          insert into experiment_exposure_drops (experiment, phase, variant, failure, events, as_of, version)
          values (?, ?, ?, ?, ?, ?, ?)
          on conflict (experiment, phase, variant, failure) do update set
            events = excluded.events, as_of = excluded.as_of, version = excluded.version
          where experiment_exposure_drops.version <= excluded.version
          """,
          ExperimentTables::bindDrops);

  /** All of them, in the order in which every writer writes them. */
  static final List<ViewTable<? extends ExperimentRow>> ALL =
      List.of(SCORECARDS, HEALTH, DECISIONS, EXPOSURE_DROPS);

  private ExperimentTables() {}

  private static <R extends ExperimentRow> Comparator<R> byPhase() {
    return comparing(R::experiment).thenComparing(R::phase);
  }

  private static void bindScore(PreparedStatement upsert, Score score, long version)
      throws SQLException {
    ScorecardRow row = score.row();
    Parameters.of(upsert)
        .text(score.experiment())
        .whole(score.phase())
        .text(score.metric())
        .text(row.variant())
        .text(row.baseline())
        .whole(row.units())
        .numbers(row.total(), row.mean(), row.variance())
        .numbers(row.effect(), row.effectRelative(), row.standardError())
        .numbers(row.ciLow(), row.ciHigh())
        .numbers(row.pValue(), row.pValueFixed(), row.pValuePooled())
        .numbers(row.pValueHolm(), row.pValueBh())
        .numbers(row.cupedEffect(), row.cupedStandardError())
        .text(row.note())
        .time(score.asOf())
        .whole(version);
  }

  private static void bindHealth(PreparedStatement upsert, Health row, long version)
      throws SQLException {
    Parameters.of(upsert)
        .text(row.experiment())
        .whole(row.phase())
        .whole(row.units())
        .numbers(row.sampleRatio(), row.sequentialSampleRatio())
        .whole(row.unitsInSeveralVariants())
        .whole(row.outcomesBefore())
        .whole(row.unitsNeverExposed())
        .whole(row.invalidExposures())
        .text(row.status())
        .time(row.asOf())
        .whole(version);
  }

  private static void bindDecided(PreparedStatement upsert, Decided row, long version)
      throws SQLException {
    Parameters.of(upsert)
        .text(row.experiment())
        .whole(row.phase())
        .time(row.decidedAt())
        .text(row.decision().verdict().label())
        .text(row.decision().variant())
        .text(row.decision().reason())
        .json(row.evidence())
        .whole(version);
  }

  private static void bindDrops(PreparedStatement upsert, Drops row, long version)
      throws SQLException {
    Parameters.of(upsert)
        .text(row.experiment())
        .whole(row.phase())
        .text(row.variant())
        .text(row.failure())
        .whole(row.events())
        .time(row.asOf())
        .whole(version);
  }
}
