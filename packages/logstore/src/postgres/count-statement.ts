/**
 * Counts over documents. What no column holds is read out of the document; an escape in it may name a character that
 * PostgreSQL cannot hold and refuses to read, so that escapes are put out of the way, the few documents with one only.
 */
import type { CountedField, Filter } from '../log-store.ts';
import { conditionsOf, whereOf, type Statement } from './conditions.ts';

const COLUMNS: Readonly<Record<CountedField, string>> = {
  service: 'service',
  level: 'level',
  dataset: "nullif(dataset, '')",
  groupId: 'group_id',
  band: 'band',
  stage: 'stage',
  actionKind: 'action_kind',
};

const READABLE = String.raw`case when strpos(document::text, '\u') = 0 then document
  else regexp_replace(document::text, '\\[u\\]', '_', 'g')::json end`;
const FROM = {
  check: `journal, json_array_elements((${READABLE})->'chatwarden'->'checks') as found(item)`,
  sender: 'journal',
};
const NAMES = {
  check: `case when item->>'fired' = 'true' then item->>'name' end`,
  sender: `(${READABLE})->'chatwarden'->>'sender'`,
};

export function histogramStatement(filter: Filter, bucketMs: number, by: CountedField): Statement {
  const { name, clause, values } = whereOf(`journal_histogram_${by}`, conditionsOf(filter));
  const width = `$${values.push(bucketMs)}::float8`;
  const text = `
select floor(extract(epoch from at)::float8 * 1000 / ${width}) * ${width} as at, ${COLUMNS[by]} as name,
  sum(weight) as count
from journal ${clause}group by 1, 2 having ${COLUMNS[by]} is not null order by 1, 2`;
  return { name, text, values };
}

export function aggregateStatement(filter: Filter, by: CountedField | 'check' | 'sender', limit: number): Statement {
  const isField = by !== 'check' && by !== 'sender';
  const [from, value] = isField ? ['journal', COLUMNS[by]] : [FROM[by], NAMES[by]];
  const { name, clause, values } = whereOf(`journal_aggregate_${by}`, conditionsOf(filter));
  const limited = values.push(limit);
  const text = `
select name, sum(weight) as count from (select ${value} as name, weight from ${from} ${clause}) as counted
where name is not null group by name order by count desc, name limit $${limited}`;
  return { name, text, values };
}
