/**
 * The LogStore on PostgreSQL: the table `journal`, one partition per UTC day of @timestamp, with the primary key
 * (day, event_id) that makes repeats harmless. Hours are counted in the same transaction, in `journal_hour`.
 */
import type { Clock, LogDocument, LogEvent, Millis } from '@chatwarden/contracts';
import type { Sql } from '@chatwarden/store';
import { completeEvent } from '../complete-event.ts';
import { decodeCursor, encodeCursor, type Position } from '../cursor.ts';
import { firstKeptDay } from '../days.ts';
import { checkBuckets } from '../buckets.ts';
import type { BucketCount, HourCount, ItemOutcome, LogStore, NameCount, Page, Query } from '../log-store.ts';
import { documentId } from '../check-document.ts';
import { tailBy } from '../tail.ts';
import type { Statement } from './conditions.ts';
import { aggregateStatement, histogramStatement } from './count-statement.ts';
import { createOpenDays } from './open-days.ts';
import { searchStatement, type PageOf } from './search-statement.ts';
import { toRow, type JournalRow, type RowReading } from './to-row.ts';
import { writeStatement } from './write-statement.ts';

export interface PostgresLogStoreDeps {
  sql: Sql;
  clock: Pick<Clock, 'now'>;
  /** Full days that are kept; older documents are refused. */
  keepDays: number;
}

export function createPostgresLogStore({ sql, clock, keepDays }: PostgresLogStoreDeps): LogStore {
  const openDays = createOpenDays(sql, 'journal');
  const run = <T extends object>({ name, text, values }: Statement) => sql.query<T>(name, text, values);

  async function insert(rows: readonly JournalRow[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    await openDays.ensure(rows.map((row) => row.day));
    const written = await run<{ day: string; id: string }>(writeStatement(rows));
    return new Set(written.map(keyOf));
  }

  async function write(events: readonly LogDocument[]): Promise<ItemOutcome[]> {
    const window = { now: clock.now(), keepDays };
    const readings = events.map((event) => toRow(event, window));
    const rows = readings.flatMap((reading) => ('row' in reading ? [reading.row] : []));
    return toOutcomes(readings, await insert(rows));
  }

  async function pageOf(wanted: PageOf): Promise<{ events: LogEvent[]; more: boolean; last: Position | undefined }> {
    const rows = await run<{ document: LogDocument }>(searchStatement(wanted));
    const events = rows.slice(0, wanted.limit).map((row) => completeEvent(row.document));
    return { events, more: rows.length > wanted.limit, last: positionOf(events.at(-1)) };
  }

  async function search({ limit, cursor, ...filter }: Query): Promise<Page> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { events, more, last } = await pageOf({ filter, newestFirst: true, after, limit });
    return more && last ? { events, cursor: encodeCursor(last) } : { events };
  }

  async function hourly({ groupId, from, to }: Parameters<LogStore['hourly']>[0]): Promise<HourCount[]> {
    const { name, text } = groupId === undefined ? HOURS_OF_ALL : HOURS_OF_GROUP;
    const between = [new Date(from).toISOString(), new Date(to).toISOString()];
    return sql.query<HourCount>(name, text, groupId === undefined ? between : [...between, groupId]);
  }

  const histogram: LogStore['histogram'] = async ({ bucketMs, by, ...filter }) => {
    checkBuckets(filter, bucketMs);
    return run<BucketCount>(histogramStatement(filter, bucketMs, by));
  };

  const aggregate: LogStore['aggregate'] = async ({ by, limit, ...filter }) =>
    run<NameCount>(aggregateStatement(filter, by, limit));

  async function dropOldDays(now: Millis, days: number): Promise<string[]> {
    const before = firstKeptDay(now, days);
    const dropped = await sql.query<{ day: string }>('journal_drop_days', DROP_DAYS, [before]);
    openDays.forget();
    return dropped.map((row) => row.day);
  }

  async function overdueDays(now: Millis, days: number): Promise<string[]> {
    const overdue = await sql.query<{ day: string }>('journal_overdue', OVERDUE, [firstKeptDay(now, days)]);
    return overdue.map((row) => row.day);
  }

  return {
    write,
    search,
    tail: tailBy({ clock, pageOf, noId: '0'.repeat(32) }),
    hourly,
    histogram,
    aggregate,
    dropOldDays,
    overdueDays,
  };
}

function positionOf(event: LogEvent | undefined): Position | undefined {
  if (!event) return undefined;
  const service = event.service.name;
  return { at: Date.parse(event['@timestamp']), id: documentId(service, event.event.id), service };
}

/** The first of several equal ids in one batch is the one that was written. */
function toOutcomes(readings: readonly RowReading[], created: Set<string>): ItemOutcome[] {
  return readings.map((reading) => {
    const { given: id } = reading;
    if ('refused' in reading) return { id, result: 'refused', reason: reading.refused };
    return { id, result: created.delete(keyOf(reading.row)) ? 'created' : 'duplicate' };
  });
}

function keyOf({ day, id }: { day: string; id: string }): string {
  return `${day} ${id}`;
}

const HOURS = `
select group_id as "groupId", (extract(epoch from hour) * 1000)::float8 as hour, dataset, name, count
from journal_hour where hour >= $1 and hour < $2`;
const HOURS_ORDER = ' order by hour, group_id, dataset, name';
const HOURS_OF_ALL = { name: 'journal_hours', text: HOURS + HOURS_ORDER };
const HOURS_OF_GROUP = { name: 'journal_hours_group', text: `${HOURS} and group_id = $3${HOURS_ORDER}` };

const DROP_DAYS = `
with hours as (delete from journal_hour where hour < ($1::date)::timestamp at time zone 'UTC')
select day::text as day from drop_days('journal', $1::date) as day order by day`;

const OVERDUE = `
select day::text as day from (
  select to_date(right(c.relname, 8), 'YYYYMMDD') as day
  from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'journal'::regclass
) as partition where day < $1::date order by day`;
