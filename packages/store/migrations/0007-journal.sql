-- The journal: ECS documents by UTC day of their source time. Days come by add_day and go by drop_days.
-- `day` repeats what `at` says, because a partitioned table's primary key must hold its partition key, and
-- (day, event_id) is what makes a repeated write harmless. The document is `json`, not `jsonb`: it is given back as it
-- came, costs a third of the time to take in, and may hold the characters that jsonb refuses.

create table journal (
  day date not null,
  event_id uuid not null,
  at timestamptz not null,
  group_id text collate "C",
  dataset text not null,
  band text,
  stage text,
  action_kind text,
  weight double precision not null,
  words text[] not null,
  document json not null,
  primary key (day, event_id)
) partition by range (day);

create index journal_group on journal (group_id, dataset, at, event_id);
-- Nearly all verdicts are `allow` by `detect`: the rest is few, and found without walking past them.
create index journal_band on journal (group_id, band, at, event_id) where band <> 'allow';
create index journal_stage on journal (group_id, stage, at, event_id) where stage <> 'detect';
create index journal_action_kind on journal (group_id, action_kind, at, event_id) where action_kind is not null;
create index journal_at on journal (at, event_id);
-- New words wait in a list that every search reads through: a short one, so that searching never waits for a vacuum.
create index journal_words on journal using gin (words) with (gin_pending_list_limit = 1024);

-- Counts of each hour, kept by the statement that writes the documents.
create table journal_hour (
  group_id text collate "C" not null,
  hour timestamptz not null,
  dataset text not null,
  name text not null,
  count double precision not null,
  primary key (group_id, hour, dataset, name)
) with (fillfactor = 50);

create index journal_hour_hour on journal_hour (hour);
