-- Tables that are partitioned by UTC day are dropped by the day. Attaching takes a weaker lock than
-- `create table ... partition of`: reads and writes of the other days go on. Making a day twice is harmless.
create function add_day(parent text, new_day date) returns void language plpgsql as $$
declare
  partition text := parent || '_' || to_char(new_day, 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(hashtext(parent));
  if to_regclass(partition) is not null then
    return;
  end if;
  execute format('create table %I (like %I including all)', partition, parent);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)',
    parent, partition, new_day, new_day + 1);
end
$$;

create function drop_days(parent text, before_day date) returns setof date language plpgsql as $$
declare
  old record;
begin
  perform pg_advisory_xact_lock(hashtext(parent));
  for old in
    select c.relname as partition, to_date(right(c.relname, 8), 'YYYYMMDD') as day
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent::regclass and to_date(right(c.relname, 8), 'YYYYMMDD') < before_day
    order by 1
  loop
    execute format('drop table %I', old.partition);
    return next old.day;
  end loop;
end
$$;

-- The text of what was acted on or asked about, sealed with the group's key.
create table evidence (
  day date not null,
  verdict_id uuid not null,
  event_id uuid not null,
  group_id text collate "C" not null,
  at bigint not null,
  sealed bytea not null,
  primary key (day, verdict_id)
) partition by range (day);
