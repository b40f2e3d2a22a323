-- Counts of closed hours, each overwritten by an aggregate over the documents: what is counted again counts once.
create table hour_count (
  hour timestamptz not null,
  group_id text collate "C" not null,
  dataset text not null,
  name text not null,
  count double precision not null,
  primary key (hour, group_id, dataset, name)
);
create index hour_count_group on hour_count (group_id, hour);

-- Every hour before this one is counted.
create table hour_counted (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null
);
