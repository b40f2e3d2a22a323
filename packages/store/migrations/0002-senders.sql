-- What detection remembers of a sender. Rows are rewritten with every message, so pages keep room for the next version
-- beside the last (no index changes then), and rows stay in their page uncompressed.
create table sender_context (
  group_id text collate "C" not null,
  sender uuid not null,
  version integer not null,
  last_seen_at bigint not null,
  context json not null,
  primary key (group_id, sender)
) with (fillfactor = 70, toast_tuple_target = 4096, autovacuum_vacuum_scale_factor = 0.05);

-- What people decided about a sender: written by corrections, never by detection.
create table sender_standing (
  group_id text collate "C" not null,
  sender uuid not null,
  standing text not null check (standing in ('none', 'approved', 'cleared', 'sanctioned')),
  decided_at bigint not null,
  primary key (group_id, sender)
);

-- Saves all rows or none. A row is saved when what is stored has the version that was loaded; 0 means: no row yet.
-- Rows come in the order of their key, so that two batches wait for each other and never deadlock.
create function save_sender_context(groups text[], senders uuid[], versions integer[], seen bigint[], contexts text[])
returns boolean language plpgsql as $$
declare
  saved integer;
begin
  insert into sender_context as stored (group_id, sender, version, last_seen_at, context)
  select n.group_id, n.sender, n.version + 1, n.last_seen_at, n.context::json
  from unnest(groups, senders, versions, seen, contexts) as n(group_id, sender, version, last_seen_at, context)
  where n.version = 0
    or exists (select from sender_context c where c.group_id = n.group_id and c.sender = n.sender)
  on conflict (group_id, sender) do update
    set version = excluded.version, last_seen_at = excluded.last_seen_at, context = excluded.context
    where stored.version = excluded.version - 1;
  get diagnostics saved = row_count;
  if saved < cardinality(senders) then
    -- Leaving the block by an error takes back what it wrote.
    raise exception 'a version is not the one that was loaded' using errcode = 'CW001';
  end if;
  return true;
exception when sqlstate 'CW001' then
  return false;
end
$$;
