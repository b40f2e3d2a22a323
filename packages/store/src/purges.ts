/**
 * What is destroyed because its time is over, or because its group is erased; the purge ledger remembers that it was.
 * Statements are short and repeated until nothing is left, so that nobody waits for a purge.
 */
import type { GroupId, Millis } from '@chatwarden/contracts';
import type { Sql, Statements } from './sql/sql.ts';
import type { PurgeRow, Purges } from './store.ts';

const ROWS_MAX = 2000;

/** Each deletes at most $2 rows that ended before $1. */
const DETAILS: readonly (readonly [name: string, text: string])[] = [
  ['purge_actions', `delete from action where id in (select id from action where told_at < $1 limit $2) returning 1`],
  [
    'purge_corrections',
    `delete from correction where id in (select id from correction where told_at < $1 limit $2) returning 1`,
  ],
  ['purge_cards', `delete from card where id in (select id from card where made_at < $1 limit $2) returning 1`],
  [
    'purge_details',
    `update decision set decision = null where (event_id, stage) in (
       select event_id, stage from decision where decided_at < $1 and decision is not null limit $2
     ) returning 1`,
  ],
  [
    'purge_llm_asks',
    `delete from llm_ask where event_id in (select event_id from llm_ask where asked_at < $1 limit $2) returning 1`,
  ],
  [
    'purge_llm_days',
    `delete from llm_day where (group_id, day) in (
       select group_id, day from llm_day where day < (to_timestamp($1::bigint / 1000) at time zone 'UTC')::date limit $2
     ) returning 1`,
  ],
  [
    'purge_dead_letters',
    `delete from dead_letter where position in (select position from dead_letter where at < $1 limit $2) returning 1`,
  ],
];

const HISTORY: readonly (readonly [name: string, text: string])[] = [
  [
    'purge_decisions',
    `delete from decision where (event_id, stage) in (
       select event_id, stage from decision where decided_at < $1 and decision is null limit $2
     ) returning 1`,
  ],
  [
    'purge_contexts',
    `delete from sender_context where (group_id, sender) in (
       select group_id, sender from sender_context where last_seen_at < $1 limit $2
     ) returning 1`,
  ],
];

const SANCTIONS: readonly (readonly [name: string, text: string])[] = [
  [
    'purge_sanctions',
    `delete from sanction where (group_id, sender) in (
       select group_id, sender from sanction where until < $1 limit $2
     ) returning 1`,
  ],
];

const PROVE = `insert into purge (what, group_id, rows) values ($1, $2, $3)`;

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
  'chat_alias',
  'chat_group',
] as const;

const LEDGER = `
select what, day::text as day, group_id as "groupId", rows, (extract(epoch from at) * 1000)::bigint as at
from purge order by position desc limit $1`;

export function createPurges(sql: Sql): Purges {
  async function purge(what: string, before: Millis, statements: typeof DETAILS): Promise<number> {
    let total = 0;
    for (const [name, text] of statements) {
      for (let rows = ROWS_MAX; rows === ROWS_MAX; total += rows) {
        rows = (await sql.query(name, text, [before, ROWS_MAX])).length;
      }
    }
    if (total > 0) await sql.query('purge_prove', PROVE, [what, null, total]);
    return total;
  }

  async function eraseGroup(groupId: GroupId): Promise<number> {
    return sql.transaction(async (statements) => {
      let total = 0;
      for (const table of OF_GROUP) total += await empty(statements, table, groupId);
      if (total > 0) await statements.query('purge_prove', PROVE, ['group', groupId, total]);
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
