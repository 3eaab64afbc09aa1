-- Values of metrics whose windows are sessions. They are part of metric_values for readers; for writers a session is told
-- apart by its beginning, as its end moves on while events follow.
create table session_values () inherits (metric_values) with (fillfactor = 80);
create unique index session_values_key on session_values (metric, md5(dimensions::text), window_start);
create index session_values_window_start on session_values (window_start);
comment on table session_values is 'Declared metrics by dimensions and session; read the table metric_values, which holds them too.';
