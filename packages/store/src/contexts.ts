/** A sender's history for detection: one statement loads a batch, one saves it whole or not at all. */
import { firstContext, type Context, type SenderContext, type Standing } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { ContextKey, Contexts, SenderContextRow } from './store.ts';

/** Offences closer together than this are one incident. */
const INCIDENT_MS = 60_000;

/**
 * Offences of the present incident do not count. Of those before, the first of each incident does: an album or a flood
 * is one offence, however many messages it took.
 */
const LOAD = `
select c.version, c.context, s.standing, o.offences
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

const SAVE = `select save_sender_context($1::text[], $2::uuid[], $3::integer[], $4::bigint[], $5::text[]) as saved`;

interface LoadedRow {
  version: number | null;
  context: Omit<SenderContext, 'version'> | null;
  standing: Standing | null;
  offences: number;
}

export function createContexts(sql: Sql): Contexts {
  async function loadContext(keys: readonly ContextKey[]): Promise<Context[]> {
    if (keys.length === 0) return [];
    const rows = await sql.query<LoadedRow>('context_load', LOAD, [
      keys.map((key) => key.groupId),
      keys.map((key) => key.sender),
      keys.map((key) => key.at),
    ]);
    return rows.map((row, i) => toContext(row, (keys[i] as ContextKey).at));
  }

  async function saveContext(rows: readonly SenderContextRow[]): Promise<'saved' | 'conflict'> {
    if (rows.length === 0) return 'saved';
    const sorted = rows.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
    const [answer] = await sql.query<{ saved: boolean }>('context_save', SAVE, [
      sorted.map((row) => row.groupId),
      sorted.map((row) => row.sender),
      sorted.map((row) => row.context.version),
      sorted.map((row) => row.lastSeenAt),
      sorted.map((row) => toJson({ ...row.context, version: undefined })),
    ]);
    return answer?.saved ? 'saved' : 'conflict';
  }

  return { loadContext, saveContext };
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
