/**
 * The LogStore on PostgreSQL: the table `journal`, one partition per UTC day of @timestamp, with the primary key
 * (day, event_id) that makes repeats harmless. Hours are counted in the same transaction, in `journal_hour`.
 */
import type { Clock, LogEvent, Millis } from '@chatwarden/contracts';
import type { Sql } from '@chatwarden/store';
import type { HourCount, ItemOutcome, LogStore, Page, Query } from '../log-store.ts';
import { encodeCursor } from './cursor.ts';
import { firstKeptDay } from './days.ts';
import { createOpenDays } from './open-days.ts';
import { searchStatement } from './search-statement.ts';
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

  async function insert(rows: readonly JournalRow[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    await openDays.ensure(rows.map((row) => row.day));
    const { name, text, values } = writeStatement(rows);
    const written = await sql.query<{ day: string; id: string }>(name, text, values);
    return new Set(written.map(keyOf));
  }

  async function write(events: readonly LogEvent[]): Promise<ItemOutcome[]> {
    const window = { now: clock.now(), keepDays };
    const readings = events.map((event) => toRow(event, window));
    const rows = readings.flatMap((reading) => ('row' in reading ? [reading.row] : []));
    return toOutcomes(readings, await insert(rows));
  }

  async function search(query: Query): Promise<Page> {
    const { name, text, values } = searchStatement(query);
    const rows = await sql.query<{ document: LogEvent }>(name, text, values);
    const events = rows.slice(0, query.limit).map((row) => row.document);
    const last = events.at(-1);
    if (rows.length <= query.limit || !last) return { events };
    return { events, cursor: encodeCursor({ at: Date.parse(last['@timestamp']), id: last.event.id }) };
  }

  async function hourly({ groupId, from, to }: Parameters<LogStore['hourly']>[0]): Promise<HourCount[]> {
    const { name, text } = groupId === undefined ? HOURS_OF_ALL : HOURS_OF_GROUP;
    const between = [new Date(from).toISOString(), new Date(to).toISOString()];
    return sql.query<HourCount>(name, text, groupId === undefined ? between : [...between, groupId]);
  }

  async function dropOldDays(now: Millis, days: number): Promise<string[]> {
    const before = firstKeptDay(now, days);
    const dropped = await sql.query<{ day: string }>('journal_drop_days', DROP_DAYS, [before]);
    openDays.forget();
    return dropped.map((row) => row.day);
  }

  return { write, search, hourly, dropOldDays };
}

/** The first of several equal ids in one batch is the one that was written. */
function toOutcomes(readings: readonly RowReading[], created: Set<string>): ItemOutcome[] {
  return readings.map((reading) => {
    if ('refused' in reading) return { id: reading.id, result: 'refused', reason: reading.refused };
    const { row } = reading;
    return { id: row.id, result: created.delete(keyOf(row)) ? 'created' : 'duplicate' };
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
