-- What is declared, and what happened, of many streams at once; times in epoch milliseconds.
create table streams (seed bigint, zone varchar, gap bigint);
create table events (
  seed bigint, event_type varchar, event_time bigint, event_id varchar,
  user_id varchar, anonymous_id varchar, source varchar, product_id varchar, category varchar,
  price_cents bigint, quantity bigint, amount_cents bigint, currency varchar, value double);
create table metrics (
  seed bigint, name varchar, kind varchar, selector varchar, field varchar,
  by_first varchar, by_second varchar, shape varchar, size bigint, every bigint,
  approximate boolean, q double, per_selector varchar, per_field varchar);
create table funnels (seed bigint, name varchar, within bigint, size bigint);
create table steps (seed bigint, name varchar, step bigint, step_name varchar, selector varchar);
create table retention (seed bigint, name varchar, selector varchar, cohort varchar);
create table periods (
  seed bigint, name varchar, period varchar, unit varchar, number bigint, or_later boolean);

-- When a calendar day begins in a zone, and which day a moment is of; days from 1970-01-01 on.
create macro midnight(zone, day) as
  epoch_ms(timezone(zone, (date '1970-01-01' + day::integer)::timestamp));
create macro local_day(zone, millis) as
  timezone(zone, make_timestamptz(millis * 1000))::date - date '1970-01-01';

create view happened as
select *, coalesce(user_id, anonymous_id) as subject, local_day(zone, event_time) as day
from events join streams using (seed);
