/**
 * Filters as SQL. The bounds on `day` repeat those on `at` for the planner: partitions outside are not touched. Each set
 * of filters gets its own prepared statement, so that PostgreSQL plans each once and no filter pays for another.
 */
import type { Filter } from '../log-store.ts';
import { dayOf } from '../days.ts';
import { wordsOf } from '../words.ts';

export interface Statement {
  /** Of the prepared statement: one name, one text. Empty: to be planned anew each time. */
  name: string;
  text: string;
  values: unknown[];
}

export interface Condition {
  name: string;
  /** With `?` where each value goes. */
  sql: string;
  values: unknown[];
  /** The best plan depends on the value, so that one plan for all would be slow for some. */
  planAnew?: true;
}

export interface Where {
  /** Of the statement: names the filters that are set. */
  name: string;
  /** Empty without conditions; else with a blank at its end. */
  clause: string;
  values: unknown[];
}

/** Values are numbered from `$1` on. */
export function whereOf(name: string, conditions: readonly Condition[]): Where {
  const values: unknown[] = [];
  const clauses = conditions.map((condition) => {
    const parts = condition.sql.split('?');
    const numbered = condition.values.map((value, i) => `${parts[i]}$${values.push(value)}`);
    return numbered.join('') + (parts.at(-1) ?? '');
  });
  const names = [name, ...conditions.map((condition) => condition.name)];
  return {
    name: conditions.some((condition) => condition.planAnew) ? '' : names.join('_'),
    clause: clauses.length === 0 ? '' : `where ${clauses.join(' and ')} `,
    values,
  };
}

export function conditionsOf(filter: Filter): Condition[] {
  const { groupId, dataset, service, level, from, to, text } = filter;
  const conditions: Condition[] = [];
  const add = (name: string, sql: string, ...values: unknown[]) => conditions.push({ name, sql, values });
  if (groupId !== undefined) add('group', 'group_id = ?', groupId);
  if (dataset !== undefined) add('dataset', 'dataset = ?', dataset);
  if (service !== undefined) add('service', 'service = ?', service);
  // Here and below: what a partial index says; a value that comes as a parameter proves nothing to the planner.
  if (level === 'warn' || level === 'error' || level === 'fatal') {
    add('rare_level', "level = ? and level in ('warn', 'error', 'fatal')", level);
  } else if (level !== undefined) {
    add('level', 'level = ?', level);
  }
  conditions.push(...moderationConditions(filter));
  if (from !== undefined) add('from', 'at >= ? and day >= ?', new Date(from).toISOString(), dayOf(from));
  if (to !== undefined) add('to', 'at < ? and day <= ?', new Date(to).toISOString(), dayOf(to));
  const words = wordsOf(text ?? '');
  // A word in nearly every document is found by walking back in time, a rare one by the index of words.
  if (words.length > 0) conditions.push({ name: 'words', sql: 'words @> ?', values: [words], planAnew: true });
  return conditions;
}

function moderationConditions({ band, stage, actionKind }: Filter): Condition[] {
  const conditions: Condition[] = [];
  const add = (name: string, sql: string, value: string) => conditions.push({ name, sql, values: [value] });
  if (band === 'allow') add('allow', 'band = ?', band);
  else if (band !== undefined) add('band', "band = ? and band <> 'allow'", band);
  if (stage === 'detect') add('detect', 'stage = ?', stage);
  else if (stage !== undefined) add('stage', "stage = ? and stage <> 'detect'", stage);
  if (actionKind !== undefined) add('kind', 'action_kind = ?', actionKind);
  return conditions;
}
