-- Fields of a group's policy that are set from outside, and by whom.
create table policy_lock (
  group_id text collate "C" primary key,
  fields jsonb not null,
  by text not null
);
