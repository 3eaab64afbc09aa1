-- The last user of a cohort may move to an earlier one. The row stays, so that its version keeps a write that was under
-- way for long from bringing the users back; readers see cohorts that have some.
alter table retention rename to retention_rows;
alter table retention_rows rename constraint retention_pkey to retention_rows_pkey;
comment on table retention_rows is 'Cohorts, those that lost all their users too; read the view retention.';

create view retention as
  select name, cohort_start, period, cohort_users, retained_users, version from retention_rows where cohort_users > 0;
comment on view retention is 'How many users of a cohort came back in a period after its first day.';
