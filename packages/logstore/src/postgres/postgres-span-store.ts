/** The SpanStore on PostgreSQL: the table `span`, one partition per UTC day of the start. */
import type { Clock, Millis } from '@chatwarden/contracts';
import type { Sql } from '@chatwarden/store';
import type { ItemOutcome } from '../log-store.ts';
import { toSpanLine, type SpanLine } from '../span-line.ts';
import { SPANS_OF_MAX, type SpanDocument, type SpanStore } from '../span-store.ts';
import { firstKeptDay } from '../days.ts';
import { createOpenDays } from './open-days.ts';

export interface PostgresSpanStoreDeps {
  sql: Sql;
  clock: Pick<Clock, 'now'>;
  /** Full days that are kept; older spans are refused. */
  keepDays: number;
}

export function createPostgresSpanStore({ sql, clock, keepDays }: PostgresSpanStoreDeps): SpanStore {
  const openDays = createOpenDays(sql, 'span');

  /** Resolves to the keys of the spans that were new. */
  async function insert(lines: readonly SpanLine[]): Promise<Set<string>> {
    if (lines.length === 0) return new Set();
    await openDays.ensure(lines.map((line) => line.day));
    const values = [
      lines.map(({ line }) => line).join('\n'),
      lines.map(({ day }) => day),
      lines.map(({ id }) => id.slice(0, TRACE_ID_CHARS)),
      lines.map(({ id }) => id.slice(TRACE_ID_CHARS + 1)),
      lines.map(({ startTime }) => startTime),
    ];
    const written = await sql.query<{ day: string; id: string }>('span_write', WRITE, values);
    return new Set(written.map(keyOf));
  }

  async function writeSpans(spans: readonly SpanDocument[]): Promise<ItemOutcome[]> {
    const window = { now: clock.now(), keepDays };
    const readings = spans.map((span) => toSpanLine(span, window));
    const created = await insert(readings.filter((reading) => 'line' in reading));
    // The first of several equal ids in one batch is the one that was written.
    return readings.map((reading) => {
      const { id } = reading;
      if ('refused' in reading) return { id, result: 'refused', reason: reading.refused };
      return { id, result: created.delete(keyOf(reading)) ? 'created' : 'duplicate' };
    });
  }

  async function spansOf(traceId: string): Promise<SpanDocument[]> {
    if (!TRACE_ID.test(traceId)) return [];
    const rows = await sql.query<{ document: SpanDocument }>('span_of', OF_TRACE, [traceId, SPANS_OF_MAX]);
    return rows.map((row) => row.document);
  }

  async function dropOldSpans(now: Millis, days: number): Promise<string[]> {
    const dropped = await sql.query<{ day: string }>('span_drop_days', DROP_DAYS, [firstKeptDay(now, days)]);
    openDays.forget();
    return dropped.map((row) => row.day);
  }

  return { writeSpans, spansOf, dropOldSpans };
}

const TRACE_ID_CHARS = 32;
const TRACE_ID = /^[0-9a-f]{32}$/;

function keyOf({ day, id }: { day: string; id: string }): string {
  return `${day} ${id}`;
}

// In the order of their keys, so that two writers of the same spans wait for each other and never deadlock.
const WRITE = `
insert into span (document, day, trace_id, span_id, started_at)
select document::json, day, trace_id, span_id, started_at
from unnest(string_to_array($1, E'\\n'), $2::date[], $3::uuid[], $4::text[], $5::text[])
  as item(document, day, trace_id, span_id, started_at)
order by trace_id, span_id, day
on conflict do nothing
returning day::text as day, replace(trace_id::text, '-', '') || '.' || span_id as id`;

const OF_TRACE = `
select document from span where trace_id = $1::uuid order by started_at, span_id limit $2`;

const DROP_DAYS = `select day::text as day from drop_days('span', $1::date) as day order by day`;
