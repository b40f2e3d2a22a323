/**
 * One statement per set of filters, so that PostgreSQL plans each once and no filter pays for another. The bounds on
 * `day` repeat those on `at` for the planner: partitions outside are not touched.
 */
import type { Query } from '../log-store.ts';
import { decodeCursor } from './cursor.ts';
import { dayOf } from './days.ts';
import { wordsOf } from './words.ts';

export interface Statement {
  /** Of the prepared statement: one name, one text. Empty: to be planned anew each time. */
  name: string;
  text: string;
  values: unknown[];
}

interface Condition {
  name: string;
  /** With `?` where each value goes. */
  sql: string;
  values: unknown[];
  /** The best plan depends on the value, so that one plan for all would be slow for some. */
  planAnew?: true;
}

/** Asks for one row more than the limit, which tells whether another page follows. */
export function searchStatement(query: Query): Statement {
  const conditions = conditionsOf(query);
  const values: unknown[] = [];
  const clauses = conditions.map((condition) => {
    const parts = condition.sql.split('?');
    const numbered = condition.values.map((value, i) => `${parts[i]}$${values.push(value)}`);
    return numbered.join('') + (parts.at(-1) ?? '');
  });
  const where = clauses.length === 0 ? '' : `where ${clauses.join(' and ')} `;
  const limit = values.push(query.limit + 1);
  const names = ['journal_search', ...conditions.map((condition) => condition.name)];
  return {
    name: conditions.some((condition) => condition.planAnew) ? '' : names.join('_'),
    text: `select document from journal ${where}order by at desc, event_id desc limit $${limit}`,
    values,
  };
}

function conditionsOf(query: Query): Condition[] {
  const { groupId, dataset, band, stage, actionKind, from, to, text, cursor } = query;
  const conditions: Condition[] = [];
  const add = (name: string, sql: string, ...values: unknown[]) => conditions.push({ name, sql, values });
  if (groupId !== undefined) add('group', 'group_id = ?', groupId);
  if (dataset !== undefined) add('dataset', 'dataset = ?', dataset);
  // The second half is what the partial index says; a value that comes as a parameter proves nothing to the planner.
  if (band === 'allow') add('allow', 'band = ?', band);
  else if (band !== undefined) add('band', "band = ? and band <> 'allow'", band);
  if (stage === 'detect') add('detect', 'stage = ?', stage);
  else if (stage !== undefined) add('stage', "stage = ? and stage <> 'detect'", stage);
  if (actionKind !== undefined) add('kind', 'action_kind = ?', actionKind);
  if (from !== undefined) add('from', 'at >= ? and day >= ?', new Date(from).toISOString(), dayOf(from));
  if (to !== undefined) add('to', 'at < ? and day <= ?', new Date(to).toISOString(), dayOf(to));
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    add('after', '(at, event_id) < (?, ?) and day <= ?', new Date(at).toISOString(), id, dayOf(at));
  }
  const words = wordsOf(text ?? '');
  // A word in nearly every document is found by walking back in time, a rare one by the index of words.
  if (words.length > 0) conditions.push({ name: 'words', sql: 'words @> ?', values: [words], planAnew: true });
  return conditions;
}
