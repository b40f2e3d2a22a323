-- What moving a group between detectors needs to know.

-- Processes that publish events, and the revision of routes by which they do. One that is gone without a word stays here
-- until somebody who can tell says so: time alone proves nothing.
create table publisher (
  name text collate "C" primary key,
  revision bigint not null,
  expires_at bigint not null
) with (fillfactor = 50);

-- Which colour of a group's own detector consumes; the newest alone is of interest.
create table gate (
  group_id text collate "C" primary key,
  revision bigint not null,
  colour text not null check (colour in ('blue', 'green'))
);
create index gate_revision on gate (revision);

-- Topics of groups that are published elsewhere now: to be deleted once their last record is past its retention. A row
-- outlives its group.
create table retired_topic (
  group_id text collate "C" primary key,
  retired_at bigint not null
);
