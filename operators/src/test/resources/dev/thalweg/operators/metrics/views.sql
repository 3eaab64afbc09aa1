-- The views by their definitions. `selected` holds what each selector selects of `happened`.

-- Windows: each begins at a cut of the calendar. Whole days begin at midnights (weeks on Mondays,
-- as day 4 was one), shorter lengths are counted from each midnight and end with the day.
create table spans as
select seed, name, shape, size, every from metrics where shape <> 'session'
union all
select seed, name, 'tumbling', size, size from funnels;

create table midnights as
with reach as (
  select distinct seed, zone, name, unnest(generate_series(
      day - size // 86400000 - 2, day + size // 86400000 + 2)) as day
  from spans join (select distinct seed, zone, day from happened) using (seed))
select *, midnight(zone, day) as cut, midnight(zone, day + 1) as next from reach;

create table cuts as
with lengths as (
  select seed, name, every as length from spans
  union
  select seed, name, size from spans where shape = 'cumulating')
select seed, name, length, unnest(range(cut, next, length)) as cut
from lengths join midnights using (seed, name) where length < 86400000
union all
select seed, name, length, cut
from lengths join midnights using (seed, name)
where length >= 86400000 and (day - 4) % (length // 86400000) = 0;

create table windows as
select seed, name, cut as window_start,
  lead(cut, size // every) over (partition by seed, name order by cut) as window_end
from cuts join spans using (seed, name) where shape <> 'cumulating'
union all
select whole.seed, whole.name, whole.cut, part.cut
from (
  select seed, name, every, cut, lead(cut) over (partition by seed, name order by cut) as next
  from cuts join spans using (seed, name) where shape = 'cumulating' and length = size) as whole
join cuts as part
  on part.seed = whole.seed and part.name = whole.name and part.length = whole.every
  and part.cut > whole.cut and part.cut <= whole.next;

-- Metrics: a row for every window with an event. What has no such field is not counted.
create macro number_of(field, quantity, amount_cents, price_cents, value) as
  case field
    when '' then 1 when 'quantity' then quantity when 'amount_cents' then amount_cents
    when 'price_cents' then price_cents when 'value' then value end::double;
create macro thing_of(field, subject, product_id, quantity, value) as
  case field
    when '' then to_json(subject) when 'product_id' then to_json(product_id)
    when 'quantity' then to_json(quantity) when 'value' then to_json(value) end;
create macro dimension(name, event_type, currency, product_id, source, quantity, user_id, category) as
  '"' || name || '":' || coalesce(case name
    when 'event_type' then to_json(event_type) when 'currency' then to_json(currency)
    when 'product_id' then to_json(product_id) when 'source' then to_json(source)
    when 'quantity' then to_json(quantity) when 'user_id' then to_json(user_id)
    when 'category' then to_json(category) end::varchar, 'null');

create table measured as
with wanted as (
  select seed, name, selector, field, false as divides from metrics
  union all
  select seed, name, per_selector, per_field, true from metrics where kind = 'RATIO')
select w.seed, m.name, m.kind, m.approximate, m.q, w.divides, e.event_id, e.event_time,
  number_of(w.field, quantity, amount_cents, price_cents, value) as number,
  thing_of(w.field, subject, product_id, quantity, value) as thing,
  '{' || concat_ws(',',
      dimension(by_first, event_type, currency, product_id, source, quantity, user_id, category),
      dimension(by_second, event_type, currency, product_id, source, quantity, user_id, category))
    || '}' as dimensions
from wanted w
join metrics m using (seed, name)
join selected e on e.seed = w.seed and e.selector = w.selector
where case when m.kind = 'UNIQUE' then thing is not null else number is not null end;

-- Sessions of a group are windows too: from the first event to the limit after the last.
create table framed as
with parted as (
  select m.*, size,
    coalesce(event_time - lag(event_time) over own > size, true) as splits
  from measured m join metrics using (seed, name)
  where shape = 'session'
  window own as (partition by seed, name, m.dimensions order by event_time, event_id, divides)),
numbered as (
  select *, count_if(splits) over (
    partition by seed, name, dimensions order by event_time, event_id, divides
    rows unbounded preceding) as number_of_session
  from parted)
select * exclude (size, splits, number_of_session),
  min(event_time) over own as window_start, max(event_time) over own + size as window_end
from numbered
window own as (partition by seed, name, dimensions, number_of_session)
union all by name
select * from measured join windows using (seed, name)
where event_time >= window_start and event_time < window_end;

create table metric_values as
with grouped as (
  select seed, name, dimensions, window_start, window_end, any_value(kind) as kind,
    any_value(approximate) as approximate, any_value(q) as q, count(*) as events,
    sum(number) filter (not divides) as upper, sum(number) filter (divides) as lower,
    min(number) as least, max(number) as greatest, count(distinct thing) as things,
    list_sort(list(number)) as numbers
  from framed
  group by all),
valued as (
  select *,
    case kind
      when 'COUNT' then events when 'SUM' then upper when 'MEAN' then upper / events
      when 'MIN' then least when 'MAX' then greatest when 'UNIQUE' then things
      when 'QUANTILE' then numbers[1 + floor(q * (events - 1))::bigint]
      when 'RATIO' then case when lower <> 0 then coalesce(upper, 0) / lower end end as value,
    case when kind = 'QUANTILE' then numbers[1 + ceil(q * (events - 1))::bigint]
      else value end as beside,
    -- A quantile may err by 1 %, an approximate number of things by three times 1.6 %.
    case when kind = 'QUANTILE' then 0.01 when approximate then 0.048 else 0 end as error
  from grouped)
select seed, 'metric ' || name || ' ' || dimensions || ' ' || window_start || '/' || window_end as id,
  '' as detail, value - error * abs(value) as least, beside + error * abs(beside) as greatest, events
from valued;

-- Sessions: a gap longer than the limit splits.
create table sessions as
with parted as (
  select *, coalesce(event_time - lag(event_time) over own > gap, true) as splits
  from happened where gap is not null
  window own as (partition by seed, subject order by event_time, event_id)),
numbered as (
  select *, count_if(splits) over (
    partition by seed, subject order by event_time, event_id rows unbounded preceding) as number
  from parted),
typed as (
  select seed, subject, number, event_type, min(event_time) as first, max(event_time) as last,
    count(*) as events
  from numbered group by all)
select seed, 'session ' || subject || ' ' || min(first) as id,
  max(last) || ' {' || string_agg('"' || event_type || '":' || events, ',' order by event_type)
    || '}' as detail,
  0::double as least, 0::double as greatest, sum(events)::bigint as events
from typed group by seed, subject, number;

-- Funnels: different events, one for each step, at times that do not decrease, the last within the
-- limit of the first; the first says which window. Of events at one time the id tells which are used.
create table depths as
with recursive path as (
  select f.seed, f.name, f.within, window_start, subject, event_time as began, event_time as reached,
    [event_id] as used, 1 as depth
  from funnels f
  join steps s on s.seed = f.seed and s.name = f.name and s.step = 1
  join selected e on e.seed = f.seed and e.selector = s.selector
  join windows w on w.seed = f.seed and w.name = f.name
    and event_time >= window_start and event_time < window_end
  union
  select p.seed, p.name, within, window_start, p.subject, began, event_time,
    case when event_time = reached then list_sort(list_append(used, event_id)) else [event_id] end,
    depth + 1
  from path p
  join steps s on s.seed = p.seed and s.name = p.name and s.step = depth + 1
  join selected e on e.seed = p.seed and e.selector = s.selector and e.subject = p.subject
    and event_time >= reached and event_time <= began + within and not list_contains(used, event_id))
select seed, name, window_start, subject, max(depth) as depth from path group by all;

create table funnel_rows as
select d.seed, d.name || ' ' || window_start || ' ' || step as id, step_name as detail,
  count_if(depth >= step)::double as least, least as greatest, 0 as events
from depths d join steps s on s.seed = d.seed and s.name = d.name
group by d.seed, d.name, window_start, step, step_name;

-- Retention: calendar units since that of the first event, which says the cohort.
create macro unit_of(unit, day) as
  case unit
    when 'DAY' then day when 'WEEK' then floor((day + 3) / 7)::bigint
    when 'MONTH' then date_diff('month', date '1970-01-01', date '1970-01-01' + day::integer) end;

create table retention_rows as
with active as (
  select distinct r.seed, r.name, cohort, subject, day
  from retention r join selected e on e.seed = r.seed and e.selector = r.selector),
since as (
  select *, min(day) over (partition by seed, name, subject) as first from active),
returned as (
  select seed, name, subject, period, any_value(cohort) as cohort, any_value(first) as first,
    max(case when or_later then unit_of(unit, day) - unit_of(unit, first) >= number
      else unit_of(unit, day) - unit_of(unit, first) = number end::integer) as returns
  from since join periods using (seed, name)
  group by all),
counted as (
  select seed, name, period,
    date_trunc(cohort, date '1970-01-01' + first::integer)::date - date '1970-01-01' as cohort_start,
    count(*) as users, sum(returns) as returned
  from returned group by all)
select seed, 'retention ' || name || ' ' || cohort_start || ' ' || period as id,
  'of ' || users as detail, returned::double as least, least as greatest, 0 as events
from counted;

select seed, id, detail, least, greatest, events from metric_values
union all select seed, id, detail, least, greatest, events from sessions
union all select seed, id, detail, least, greatest, events from funnel_rows
union all select seed, id, detail, least, greatest, events from retention_rows;
