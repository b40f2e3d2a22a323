/** Pages by keyset: each begins after the last document of the one before, however many came in between. */
import type { LogDocument, LogEvent } from '@chatwarden/contracts';
import { completeEvent } from '../complete-event.ts';
import type { Position } from '../cursor.ts';
import type { Filter } from '../log-store.ts';
import { toQuery } from './to-query.ts';

export interface PageOf {
  filter: Filter;
  newestFirst: boolean;
  after: Position | undefined;
  limit: number;
}

export interface FoundPage {
  events: LogEvent[];
  /** Another page follows. */
  more: boolean;
  last: Position | undefined;
}

/** Runs a search of this body over all logs. */
export type Search = (body: object) => Promise<unknown>;

interface Hits {
  hits: { hits: { _source: LogDocument }[] };
}

export async function findPage(search: Search, wanted: PageOf): Promise<FoundPage> {
  const { filter, newestFirst, after, limit } = wanted;
  const order = newestFirst ? 'desc' : 'asc';
  const body = {
    query: toQuery(filter),
    size: limit + 1,
    track_total_hits: false,
    // An id is unique within its service and day.
    sort: [
      { '@timestamp': { order, unmapped_type: 'date' } },
      { 'event.id': { order, unmapped_type: 'keyword' } },
      { 'service.name': { order, unmapped_type: 'keyword' } },
    ],
    ...(after ? { search_after: [after.at, after.id, after.service] } : {}),
  };
  const { hits } = (await search(body)) as Hits;
  const events = hits.hits.slice(0, limit).map((hit) => completeEvent(hit._source));
  return { events, more: hits.hits.length > limit, last: positionOf(events.at(-1)) };
}

function positionOf(event: LogEvent | undefined): Position | undefined {
  return event && { at: Date.parse(event['@timestamp']), id: event.event.id, service: event.service.name };
}
