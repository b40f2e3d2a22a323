import type { LiveSanction } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import type { Sanctions } from './store.ts';

/** One that has run out says nothing any more, even while its row waits for the purge. */
const FIND = `
select kind, until, target from sanction
where group_id = $1 and sender = $2 and (until is null or until > $3)`;

export function createSanctions(sql: Sql): Sanctions {
  async function findSanction({ groupId, sender, at }: Parameters<Sanctions['findSanction']>[0]) {
    type Row = Omit<LiveSanction, 'until'> & { until: number | null };
    const [row] = await sql.query<Row>('sanction_find', FIND, [groupId, sender, at]);
    if (!row) return null;
    const { until, ...sanction } = row;
    return until === null ? sanction : { ...sanction, until };
  }

  return { findSanction };
}
