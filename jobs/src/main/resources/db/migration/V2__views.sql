-- What the metrics job shows. A row is replaced by one whose version is at least its own.
--
-- Subjects and dimensions come from events and may be longer than a b-tree takes (about 2,700 bytes), so that the keys
-- hold their hashes. Pages are left some room: rows are rewritten until their window closes.

create table metric_values (
  metric       text             not null,
  dimensions   jsonb            not null,
  window_start timestamptz      not null,
  window_end   timestamptz      not null,
  value        double precision,
  events       bigint           not null,
  version      bigint           not null
) with (fillfactor = 80);
create unique index metric_values_key on metric_values (metric, window_start, window_end, md5(dimensions::text));
create index metric_values_window_start on metric_values (window_start);
comment on table metric_values is 'Declared metrics by dimensions and window; open windows are there too.';
comment on column metric_values.value is 'Null where there is none, as of a mean of nothing.';

-- A session that begins earlier than was known replaces the row of the later beginning. That row stays, marked, so that
-- a write that was under way for long cannot bring it back; readers see those that are not removed.
create table session_rows (
  subject       text        not null,
  session_start timestamptz not null,
  session_end   timestamptz not null,
  events        bigint      not null,
  attributes    jsonb       not null,
  removed       boolean     not null,
  version       bigint      not null
) with (fillfactor = 80);
create unique index session_rows_key on session_rows (md5(subject), session_start);
create index session_rows_subject on session_rows using hash (subject);
create index session_rows_session_start on session_rows (session_start);
comment on table session_rows is 'Sessions, and the marks of those that were replaced; read the view sessions.';

create view sessions as
  select subject, session_start, session_end, events, attributes, version from session_rows where not removed;
comment on view sessions is 'Sessions by subject and first event; session_end is the last event. Open sessions are there too.';

create table funnels (
  funnel       text        not null,
  window_start timestamptz not null,
  step         int         not null,
  step_name    text        not null,
  users        bigint      not null,
  version      bigint      not null,
  primary key (funnel, window_start, step)
) with (fillfactor = 80);
comment on table funnels is 'How many users came to each step, by the window of their first one.';

create table retention (
  name           text   not null,
  cohort_start   date   not null,
  period         text   not null,
  cohort_users   bigint not null,
  retained_users bigint not null,
  version        bigint not null,
  primary key (name, cohort_start, period)
) with (fillfactor = 80);
comment on table retention is 'How many users of a cohort came back in a period after its first day.';
