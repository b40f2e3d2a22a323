/**
 * What is destroyed because its time is over, or because its group is erased; the purge ledger remembers that it was.
 * Statements are short and repeated until nothing is left, so that nobody waits for a purge.
 */
import type { GroupId, Millis } from '@chatwarden/contracts';
import { bumpRevision } from './settings.ts';
import type { Sql, Statements } from './sql/sql.ts';
import type { PurgeRow, Purges } from './store.ts';

const ROWS_MAX = 2000;

interface Ending {
  table: string;
  key: string;
  /** Of rows that ended before $1. */
  where: string;
  /** What is done to them. */
  end?: 'delete' | 'forget details';
}

const DETAILS: readonly Ending[] = [
  { table: 'action', key: 'id', where: 'told_at < $1' },
  { table: 'correction', key: 'id', where: 'told_at < $1' },
  { table: 'card', key: 'id', where: 'made_at < $1' },
  {
    table: 'decision',
    key: 'event_id, stage',
    where: 'decided_at < $1 and decision is not null',
    end: 'forget details',
  },
  { table: 'llm_ask', key: 'event_id', where: 'asked_at < $1' },
  {
    table: 'llm_day',
    key: 'group_id, day',
    where: "day < (to_timestamp($1::bigint / 1000) at time zone 'UTC')::date",
  },
  { table: 'dead_letter', key: 'position', where: 'at < $1' },
];

const HISTORY: readonly Ending[] = [
  { table: 'decision', key: 'event_id, stage', where: 'decided_at < $1 and decision is null' },
  { table: 'sender_context', key: 'group_id, sender', where: 'last_seen_at < $1' },
];

const SANCTIONS: readonly Ending[] = [{ table: 'sanction', key: 'group_id, sender', where: 'until < $1' }];

/** Ends at most $2 rows. */
function statementOf({ table, key, where, end = 'delete' }: Ending): string {
  const some = `(${key}) in (select ${key} from ${table} where ${where} limit $2) returning 1`;
  return end === 'delete' ? `delete from ${table} where ${some}` : `update ${table} set decision = null where ${some}`;
}

const PROVE = `insert into purge (what, group_id, rows) values ($1, $2, $3)`;

const TELL = `
insert into erased_group (group_id, revision) values ($1, $2)
on conflict (group_id) do update set revision = excluded.revision`;

const OF_GROUP = [
  'evidence',
  'action',
  'lane',
  'card',
  'correction',
  'llm_ask',
  'llm_day',
  'decision',
  'sanction',
  'sender_context',
  'campaign_sighting',
  'sender_standing',
  'policy',
  'policy_lock',
  'route',
  'gate',
  'hour_count',
  'chat_alias',
  'chat_group',
] as const;

const CLAIMS = `
delete from claim where chat_id in (
  select chat_id from chat_group where group_id = $1 union all select chat_id from chat_alias where group_id = $1
) returning 1`;

const LEDGER = `
select what, day::text as day, group_id as "groupId", rows, (extract(epoch from at) * 1000)::bigint as at
from purge order by position desc limit $1`;

export function createPurges(sql: Sql): Purges {
  async function purge(what: string, before: Millis, endings: readonly Ending[]): Promise<number> {
    let total = 0;
    for (const ending of endings) {
      const text = statementOf(ending);
      for (let rows = ROWS_MAX; rows === ROWS_MAX; total += rows) {
        rows = (await sql.query(`purge_${what}_${ending.table}`, text, [before, ROWS_MAX])).length;
      }
    }
    if (total > 0) await sql.query('purge_prove', PROVE, [what, null, total]);
    return total;
  }

  async function eraseGroup(groupId: GroupId): Promise<number> {
    return sql.transaction(async (statements) => {
      // Before the chat ids that they are found by.
      let total = (await statements.query('erase_claims', CLAIMS, [groupId])).length;
      for (const table of OF_GROUP) total += await empty(statements, table, groupId);
      if (total === 0) return 0;
      await statements.query('purge_prove', PROVE, ['group', groupId, total]);
      await statements.query('erase_tell', TELL, [groupId, await bumpRevision(statements)]);
      return total;
    });
  }

  async function listPurges(limit: number): Promise<PurgeRow[]> {
    type Row = Omit<PurgeRow, 'day' | 'groupId'> & { day: string | null; groupId: string | null };
    const rows = await sql.query<Row>('purge_list', LEDGER, [limit]);
    return rows.map(({ day, groupId, ...row }) => ({
      ...row,
      ...(day === null ? {} : { day }),
      ...(groupId === null ? {} : { groupId }),
    }));
  }

  return {
    purgeDetails: (before) => purge('details', before, DETAILS),
    purgeSanctions: (now) => purge('sanctions', now, SANCTIONS),
    purgeHistory: (before) => purge('history', before, HISTORY),
    eraseGroup,
    listPurges,
  };
}

async function empty(statements: Statements, table: (typeof OF_GROUP)[number], groupId: GroupId): Promise<number> {
  const text = `with gone as (delete from ${table} where group_id = $1 returning 1) select count(*) as rows from gone`;
  const [row] = await statements.query<{ rows: number }>(`erase_${table}`, text, [groupId]);
  return row?.rows ?? 0;
}
