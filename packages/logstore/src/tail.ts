/**
 * Following a store that shows documents late and out of order. What is younger than `settleMs` is left for later, so
 * that whatever is findable by then is given in order of time and once; a page that is not full ends at that horizon.
 */
import type { Clock, LogEvent } from '@chatwarden/contracts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { SETTLE_MS, type Filter, type LogStore, type TailPage } from './log-store.ts';

export interface TailDeps {
  clock: Pick<Clock, 'now'>;
  /** Documents after a position, oldest first. */
  pageOf(wanted: {
    filter: Filter;
    newestFirst: false;
    after: Position;
    limit: number;
  }): Promise<{ events: LogEvent[]; more: boolean; last: Position | undefined }>;
  /** Sorts before the id of every document. */
  noId: string;
}

export function tailBy({ clock, pageOf, noId }: TailDeps): LogStore['tail'] {
  return async ({ limit, cursor, settleMs = SETTLE_MS, ...filter }): Promise<TailPage> => {
    const horizon = Math.max(0, Math.min(filter.to ?? Infinity, clock.now() - settleMs));
    const startOf = (at: number): Position => ({ at, id: noId, service: '' });
    const after = cursor === undefined ? startOf(filter.from ?? horizon) : decodeCursor(cursor);
    // A clock may go back, and a caller may settle longer than before.
    if (after.at >= horizon) return { events: [], cursor: encodeCursor(after) };
    const { events, more, last } = await pageOf({
      filter: { ...filter, from: Math.max(after.at, filter.from ?? 0), to: horizon },
      newestFirst: false,
      after,
      limit,
    });
    return { events, cursor: encodeCursor(more && last ? last : startOf(horizon)) };
  };
}
