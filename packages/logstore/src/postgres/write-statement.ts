/**
 * A batch is one statement and so one transaction: documents that are new, and their hour's counts. Counting what the
 * insert returned makes the counts as exact as the documents, however often a batch is repeated. Rows are inserted in
 * the order of their keys, so that two writers of the same events wait for each other and never deadlock.
 * Documents and words travel as lines of one text: JSON text has no line break, and a line needs no quoting.
 */
import type { Statement } from './conditions.ts';
import type { JournalRow } from './to-row.ts';

const TEXT = `
with written as (
  insert into journal (document, words, day, event_id, at, group_id, dataset, band, stage, action_kind, weight,
    service, level)
  select document::json, coalesce(string_to_array(words, ' '), '{}'), day, id, at, group_id, dataset, band, stage,
    action_kind, weight, service, level
  from unnest(string_to_array($1, E'\\n'), string_to_array($2, E'\\n'), $3::date[], $4::uuid[], $5::timestamptz[],
    $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::float8[],
    $12::text[], $13::text[])
    as item(document, words, day, id, at, group_id, dataset, band, stage, action_kind, weight, service, level)
  order by day, id
  on conflict do nothing
  returning day, event_id, at, group_id, dataset, coalesce(action_kind, band) as name, weight
), counted as (
  insert into journal_hour (group_id, hour, dataset, name, count)
  select group_id, date_trunc('hour', at, 'UTC'), dataset, name, sum(weight)
  from written where group_id is not null and name is not null
  group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (group_id, hour, dataset, name) do update set count = journal_hour.count + excluded.count
)
select day::text as day, replace(event_id::text, '-', '') as id from written`;

/** Returns the day and id of each document that was new. */
export function writeStatement(rows: readonly JournalRow[]): Statement {
  const lines = (line: (row: JournalRow) => string) => rows.map(line).join('\n');
  const column = (name: keyof JournalRow) => rows.map((row) => row[name]);
  const values = [
    lines((row) => row.document),
    lines((row) => row.words.join(' ')),
    column('day'),
    column('id'),
    column('at'),
    column('group_id'),
    column('dataset'),
    column('band'),
    column('stage'),
    column('action_kind'),
    column('weight'),
    column('service'),
    column('level'),
  ];
  return { name: 'journal_write', text: TEXT, values };
}
