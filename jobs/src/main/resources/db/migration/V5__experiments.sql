-- What the experiments job shows. Numbers are null where they are unknown.
--
-- Scorecards and health are replaced by rows whose version is at least their own; pages are left some room for that.

create table experiment_scorecards (
  experiment           text             not null,
  phase                int              not null,
  metric               text             not null,
  variant              text             not null,
  baseline             text             not null,
  units                bigint           not null,
  total                double precision,
  mean                 double precision,
  variance             double precision,
  effect               double precision,
  effect_relative      double precision,
  standard_error       double precision,
  ci_low               double precision,
  ci_high              double precision,
  p_value              double precision,
  p_value_fixed        double precision,
  p_value_pooled       double precision,
  p_value_holm         double precision,
  p_value_bh           double precision,
  cuped_effect         double precision,
  cuped_standard_error double precision,
  note                 text,
  as_of                timestamptz,
  version              bigint           not null,
  primary key (experiment, phase, metric, variant)
) with (fillfactor = 80);
comment on table experiment_scorecards is 'How each variant does by each metric; open minutes count. What compares is null on the baseline.';
comment on column experiment_scorecards.p_value is 'Anytime-valid, as the interval from ci_low to ci_high is; p_value_fixed and p_value_pooled hold for one look only.';
comment on column experiment_scorecards.note is 'Why something is unknown.';

create table experiment_health (
  experiment                       text             not null,
  phase                            int              not null,
  units                            bigint           not null,
  srm_p_value                      double precision,
  srm_p_value_sequential           double precision,
  units_in_several_variants        bigint           not null,
  outcomes_before_exposure         bigint           not null,
  units_with_outcome_never_exposed bigint           not null,
  invalid_exposures                bigint           not null,
  status                           text             not null,
  as_of                            timestamptz,
  version                          bigint           not null,
  primary key (experiment, phase)
) with (fillfactor = 80);
comment on table experiment_health is 'Whether the numbers of a phase can be trusted.';
comment on column experiment_health.srm_p_value is 'Sample ratio by chi-square, for one look; srm_p_value_sequential is for any number of looks, over closed minutes.';

create table experiment_decisions (
  experiment text        not null,
  phase      int         not null,
  decided_at timestamptz not null,
  decision   text        not null,
  variant    text,
  reason     text        not null,
  evidence   jsonb       not null,
  version    bigint      not null,
  primary key (experiment, phase, decided_at)
);
comment on table experiment_decisions is 'Every decision that differs from the one before, at the end of the closed minute that it rests on. Rows are added and stay.';

create table experiment_exposure_drops (
  experiment text        not null,
  phase      int         not null,
  variant    text        not null,
  failure    text        not null,
  events     bigint      not null,
  as_of      timestamptz,
  version    bigint      not null,
  primary key (experiment, phase, variant, failure)
) with (fillfactor = 80);
comment on table experiment_exposure_drops is 'Exposures that became dead letters, by variant and reason: what may explain a broken sample ratio.';

-- Compare-and-set of definitions: one row for each version that was ever to be replaced by a decision.
create table experiment_promotions (
  experiment   text        not null,
  from_version int         not null,
  to_version   int         not null,
  phase        int         not null,
  decided_at   timestamptz not null,
  verdict      text        not null,
  variant      text,
  definition   text        not null,
  published_at timestamptz,
  lost_because text,
  version      bigint      not null,
  primary key (experiment, from_version),
  check (published_at is null or lost_because is null)
);
comment on table experiment_promotions is 'Versions of definitions that decisions made. Neither published nor lost: about to be published.';
comment on column experiment_promotions.definition is 'The next version, byte for byte as it is published.';
