/** A span as the line that is stored, and why one is not. Pure; every adapter refuses the same. */
import type { Millis } from '@chatwarden/contracts';
import { dayOf, firstKeptDay, lastOpenDay } from './days.ts';
import { spanDocumentId, type SpanDocument } from './span-store.ts';

export interface SpanLine {
  id: string;
  /** UTC day of the start, `YYYY-MM-DD`. */
  day: string;
  startTime: string;
  /** JSON text, without a line feed. */
  line: string;
}

export interface SpanWindow {
  now: Millis;
  keepDays: number;
}

/** Ours are about 1 kB; what is far larger would slow down whoever reads the trace. */
const LINE_CHARS_MAX = 256 * 1024;

export function toSpanLine(
  span: SpanDocument,
  { now, keepDays }: SpanWindow,
): SpanLine | { id: string; refused: string } {
  const id = spanDocumentId(span);
  const startedAt = Date.parse(span.startTime);
  if (Number.isNaN(startedAt)) return { id, refused: 'startTime is not a time' };
  const day = dayOf(startedAt);
  if (day < firstKeptDay(now, keepDays)) return { id, refused: `${day} is older than the kept days` };
  if (day > lastOpenDay(now)) return { id, refused: `${day} is more than a day ahead` };
  const line = JSON.stringify(span);
  return line.length > LINE_CHARS_MAX
    ? { id, refused: 'the span is too large' }
    : { id, day, startTime: span.startTime, line };
}
