import type { Sql } from './sql/sql.ts';
import { createDayPartitions, dayOf } from './partitions.ts';
import type { Evidence, EvidenceTable } from './store.ts';

/** The day comes from the event's own time, so that repeated evidence meets itself. */
const SAVE = `
insert into evidence (day, verdict_id, event_id, group_id, at, sealed)
select * from unnest($1::date[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bytea[])
order by 1, 2
on conflict do nothing`;

const READ = `
select verdict_id as "verdictId", event_id as "eventId", group_id as "groupId", at, sealed
from evidence where verdict_id = $2 and group_id = $1
order by at desc limit 1`;

export function createEvidence(sql: Sql): EvidenceTable {
  const days = createDayPartitions(sql, 'evidence');

  async function saveEvidence(evidence: readonly Evidence[]): Promise<void> {
    if (evidence.length === 0) return;
    const dayOfEach = evidence.map((each) => dayOf(each.at));
    await days.ensure(dayOfEach);
    await sql.query('evidence_save', SAVE, [
      dayOfEach,
      evidence.map((each) => each.verdictId),
      evidence.map((each) => each.eventId),
      evidence.map((each) => each.groupId),
      evidence.map((each) => each.at),
      evidence.map((each) => each.sealed),
    ]);
  }

  async function readEvidence(groupId: string, verdictId: string): Promise<Evidence | null> {
    const [row] = await sql.query<Evidence>('evidence_read', READ, [groupId, verdictId]);
    return row ?? null;
  }

  return { saveEvidence, readEvidence, dropEvidenceBefore: (at) => days.dropBefore(dayOf(at)) };
}
