-- A sanction that is in force, or planned and about to be: whom it concerns stays sealed here until it ends, so that it
-- can be lifted; everywhere else the sealed id goes with the rest of the history.
create table sanction (
  group_id text collate "C" not null,
  sender uuid not null,
  action_id uuid not null,
  kind text not null check (kind in ('ban', 'restrict')),
  -- Absent: for ever.
  until bigint,
  -- Of the action: {sender, key, as}.
  target jsonb not null,
  primary key (group_id, sender)
);
create index sanction_action on sanction (action_id);
create index sanction_until on sanction (until) where until is not null;

-- What was destroyed, and when. Of a person it says only that somebody of the group was forgotten.
create table purge (
  position bigint primary key generated always as identity,
  what text not null,
  -- Of a day partition.
  day date,
  group_id text collate "C",
  rows bigint not null,
  at timestamptz not null default now()
);

-- Details go after some days; that there was a decision, and whether it was an offence, is remembered longer.
alter table decision alter column decision drop not null;
create index decision_detailed on decision (decided_at) where decision is not null;
alter table card add column made_at bigint not null default 0;

create or replace function drop_days(parent text, before_day date) returns setof date language plpgsql as $$
declare
  old record;
  held bigint;
begin
  perform pg_advisory_xact_lock(hashtext(parent));
  for old in
    select c.relname as partition, to_date(right(c.relname, 8), 'YYYYMMDD') as day
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent::regclass and to_date(right(c.relname, 8), 'YYYYMMDD') < before_day
    order by 1
  loop
    execute format('select count(*) from %I', old.partition) into held;
    execute format('drop table %I', old.partition);
    insert into purge (what, day, rows) values (parent, old.day, held);
    return next old.day;
  end loop;
end
$$;
