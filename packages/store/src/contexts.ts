/** A sender's history for detection: one statement loads a batch, one saves it whole or not at all. */
import { firstContext, type Context, type SenderContext, type Standing } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import { createDayPartitions, dayOf } from './partitions.ts';
import type { ContextKey, Contexts, Copy, Loaded, SenderContextRow, Sighting, SightingLookup } from './store.ts';

/** Offences closer together than this are one incident. */
const INCIDENT_MS = 60_000;
/** Beyond this a campaign is not surer. */
const SIGHTINGS_MAX = 60;
const COPIES_MAX = 200;
const NO_LOOKUP: SightingLookup = { keys: [], since: 0 };

/**
 * Offences of the present incident do not count. Of those before, the first of each incident does: an album or a flood
 * is one offence, however many messages it took.
 */
const LOAD = `
with seen as (
  select c.* from unnest($4::uuid[]) as l(key) cross join lateral (
    select key, group_id as "groupId", sender, sender_as as "senderAs", message_id as "messageId",
      event_id as "eventId", at, newcomer, bad
    from campaign_sighting s
    where s.key = l.key and s.day >= $5::date and s.at >= $6::bigint
    order by s.at desc limit ${SIGHTINGS_MAX}
  ) c
)
select c.version, c.context, s.standing, o.offences,
  case when k.nth = 1 then (select json_agg(seen) from seen) end as sightings
from unnest($1::text[], $2::uuid[], $3::bigint[]) with ordinality as k(group_id, sender, at, nth)
left join sender_context c on c.group_id = k.group_id and c.sender = k.sender
left join sender_standing s on s.group_id = k.group_id and s.sender = k.sender
left join lateral (
  select count(*) filter (where pause is null or pause > ${INCIDENT_MS}) as offences
  from (
    select d.occurred_at - lag(d.occurred_at) over (order by d.occurred_at) as pause
    from decision d
    where d.offence and d.group_id = k.group_id and d.sender_key = k.sender and d.occurred_at < k.at - ${INCIDENT_MS}
  ) earlier
) o on true
order by k.nth`;

const SAVE = `
with context as (
  select save_sender_context($1::text[], $2::uuid[], $3::integer[], $4::bigint[], $5::text[]) as saved
), sighted as (
  insert into campaign_sighting as stored
    (day, key, group_id, sender, sender_as, message_id, event_id, at, newcomer, bad)
  select n.* from unnest($6::date[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::bigint[], $12::uuid[],
    $13::bigint[], $14::boolean[], $15::boolean[]) as n, context
  where context.saved
  on conflict (key, group_id, message_id, day) do update set bad = true where excluded.bad and not stored.bad
)
select saved from context`;

/** What a person called honest stays, and so does what somebody with a record wrote. */
const COPIES = `
select s.key, s.group_id as "groupId", s.sender, s.sender_as as "senderAs", s.message_id as "messageId",
  s.event_id as "eventId", s.at, s.newcomer, s.bad, g.chat_id as "chatId", g.bot_id as "botId"
from campaign_sighting s join chat_group g on g.group_id = s.group_id
where s.key = any($1::uuid[]) and s.day >= $2::date and s.at >= $3 and s.newcomer and not s.bad
  and not exists (
    select from correction c where c.group_id = s.group_id and c.message_id = s.message_id and c.label = 'ham'
  )
  and not exists (
    select from sender_standing t
    where t.group_id = s.group_id and t.sender = s.sender and t.standing in ('approved', 'cleared')
  )
order by s.at, s.message_id limit ${COPIES_MAX}`;

interface LoadedRow {
  version: number | null;
  context: Omit<SenderContext, 'version'> | null;
  standing: Standing | null;
  offences: number;
  sightings: Sighting[] | null;
}

export function createContexts(sql: Sql): Contexts {
  const days = createDayPartitions(sql, 'campaign_sighting');

  async function loadContext(keys: readonly ContextKey[], lookup = NO_LOOKUP): Promise<Loaded> {
    if (keys.length === 0) return { contexts: [], sightings: [] };
    const rows = await sql.query<LoadedRow>('context_load', LOAD, [
      keys.map((key) => key.groupId),
      keys.map((key) => key.sender),
      keys.map((key) => key.at),
      lookup.keys,
      dayOf(lookup.since),
      lookup.since,
    ]);
    return {
      contexts: rows.map((row, i) => toContext(row, (keys[i] as ContextKey).at)),
      sightings: (rows[0]?.sightings ?? []).map(withoutDashes),
    };
  }

  async function saveContext(rows: readonly SenderContextRow[], sightings: readonly Sighting[] = []) {
    if (rows.length === 0) return 'saved';
    const seen = distinct(sightings);
    const dayOfEach = seen.map((each) => dayOf(each.at));
    await days.ensure(dayOfEach);
    const sorted = rows.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
    const [answer] = await sql.query<{ saved: boolean }>('context_save', SAVE, [
      sorted.map((row) => row.groupId),
      sorted.map((row) => row.sender),
      sorted.map((row) => row.context.version),
      sorted.map((row) => row.lastSeenAt),
      sorted.map((row) => toJson({ ...row.context, version: undefined })),
      dayOfEach,
      seen.map((each) => each.key),
      seen.map((each) => each.groupId),
      seen.map((each) => each.sender),
      seen.map((each) => each.senderAs),
      seen.map((each) => each.messageId),
      seen.map((each) => each.eventId),
      seen.map((each) => each.at),
      seen.map((each) => each.newcomer),
      seen.map((each) => each.bad),
    ]);
    return answer?.saved ? 'saved' : 'conflict';
  }

  async function findCopies({ keys, since }: SightingLookup): Promise<Copy[]> {
    if (keys.length === 0) return [];
    return sql.query<Copy>('copies_find', COPIES, [keys, dayOf(since), since]);
  }

  return { loadContext, saveContext, findCopies, dropSightingsBefore: (at) => days.dropBefore(dayOf(at)) };
}

/** In the order of their key, so that two batches wait for each other and never deadlock; the bad one of two wins. */
function distinct(sightings: readonly Sighting[]): Sighting[] {
  const byKey = new Map<string, Sighting>();
  for (const one of sightings) {
    const key = `${one.key} ${one.groupId} ${one.messageId}`;
    if (!byKey.get(key)?.bad) byKey.set(key, one);
  }
  return [...byKey].toSorted(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

/** Inside JSON an id keeps the dashes of PostgreSQL's uuid. */
function withoutDashes(one: Sighting): Sighting {
  const plain = (id: string) => id.replaceAll('-', '');
  return { ...one, key: plain(one.key), sender: plain(one.sender), eventId: plain(one.eventId) };
}

function toContext({ version, context, standing, offences }: LoadedRow, at: number): Context {
  const first = firstContext(at);
  return {
    ...first,
    sender: version === null || context === null ? first.sender : { ...context, version },
    standing: standing ?? first.standing,
    priorOffences: offences,
  };
}

function keyOf(row: SenderContextRow): string {
  return `${row.groupId} ${row.sender}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
