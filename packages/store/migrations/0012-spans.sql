-- Spans by UTC day of their start. Days come by add_day and go by drop_days. The spans of a trace are found by the head of the
-- primary key. The document is `json`: it is given back as it came, with the characters that jsonb refuses. `started_at` is
-- its start in nanoseconds, more than a timestamp holds; with a fixed number of digits, text sorts as time does.
create table span (
  day date not null,
  trace_id uuid not null,
  span_id text collate "C" not null,
  started_at text collate "C" not null,
  document json not null,
  primary key (trace_id, span_id, day)
) partition by range (day);
