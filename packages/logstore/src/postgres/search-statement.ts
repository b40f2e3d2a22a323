import { Failure } from '@chatwarden/contracts';
import type { Position } from '../cursor.ts';
import { dayOf } from '../days.ts';
import type { Filter } from '../log-store.ts';
import { conditionsOf, whereOf, type Condition, type Statement } from './conditions.ts';

export interface PageOf {
  filter: Filter;
  newestFirst: boolean;
  /** Where the page before ended. */
  after: Position | undefined;
  limit: number;
}

/** Asks for one row more than the limit, which tells whether another page follows. */
export function searchStatement({ filter, newestFirst, after, limit }: PageOf): Statement {
  const conditions = conditionsOf(filter);
  if (after) conditions.push(afterPosition(after, newestFirst));
  const { name, clause, values } = whereOf(newestFirst ? 'journal_search' : 'journal_tail', conditions);
  const order = newestFirst ? 'at desc, event_id desc' : 'at, event_id';
  const limited = values.push(limit + 1);
  return { name, text: `select document from journal ${clause}order by ${order} limit $${limited}`, values };
}

function afterPosition({ at, id }: Position, newestFirst: boolean): Condition {
  if (!ID.test(id)) throw new Failure('badCursor', 'never', { message: 'the cursor is not one of this store' });
  const [sign, sameSide] = newestFirst ? ['<', '<='] : ['>', '>='];
  return {
    name: 'after',
    sql: `(at, event_id) ${sign} (?, ?) and day ${sameSide} ?`,
    values: [new Date(at).toISOString(), id, dayOf(at)],
  };
}

const ID = /^[0-9a-f]{32}$/;
