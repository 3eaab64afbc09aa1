-- Tables are created in the schema that Flyway was given: views, or <deployment>_views.

create table runs (
  job            text        not null,
  epoch          bigint      not null,
  started_at     timestamptz not null default now(),
  from_savepoint text,
  replay_from    timestamptz,
  primary key (job, epoch)
);
comment on table runs is 'Every start of a job from nothing or from a savepoint; the epoch orders what the runs wrote.';

create table ledger (
  job         text        not null,
  topic       text        not null,
  partition   int         not null,
  consumed    bigint      not null,
  accepted    bigint      not null,
  duplicate   bigint      not null,
  late        bigint      not null,
  dead_letter bigint      not null,
  as_of       timestamptz,
  version     bigint      not null,
  primary key (job, topic, partition)
);
comment on table ledger is 'What became of the records of each partition, true at a checkpoint: consumed = accepted + duplicate + late + dead_letter.';

create table dead_letter_counts (
  failure    text   not null,
  stage      text   not null,
  event_type text   not null,
  events     bigint not null,
  version    bigint not null,
  primary key (failure, stage, event_type)
);
comment on table dead_letter_counts is 'Dead letters by reason; event_type is unknown unless a contract was found.';
