/** From `@timestamp` to the day of the index. Most times end in Z, where the day can be read off. Pure but for a cache. */
import type { Millis } from '@chatwarden/contracts';
import { dayOf, firstKeptDay, lastOpenDay } from './days.ts';

/** RFC 3339 as an index takes it: upper case, no leap second. */
const TIME = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAY_CHARS = 10;
/** Far more days than can be open. */
const KNOWN_MAX = 1000;

export interface EventDays {
  /** Undefined for what is not a time. */
  dayOf(time: string): string | undefined;
}

export function createEventDays(): EventDays {
  const known = new Set<string>();
  let last = '-';

  function isDay(day: string): boolean {
    if (known.has(day)) return true;
    const at = Date.parse(`${day}T00:00:00Z`);
    // 30 February is read as 2 March.
    if (Number.isNaN(at) || dayOf(at) !== day) return false;
    if (known.size >= KNOWN_MAX) known.clear();
    known.add(day);
    return true;
  }

  function dayOfTime(time: string): string | undefined {
    if (!TIME.test(time)) return undefined;
    const isUtc = time.endsWith('Z');
    if (isUtc && time.startsWith(last)) return last;
    const day = time.slice(0, DAY_CHARS);
    if (!isDay(day)) return undefined;
    if (!isUtc) return dayOf(Date.parse(time));
    last = day;
    return day;
  }

  return { dayOf: dayOfTime };
}

/** Days that may be written, both included. */
export interface DayWindow {
  first: string;
  last: string;
}

export function dayWindow(now: Millis, keepDays: number): DayWindow {
  return { first: firstKeptDay(now, keepDays), last: lastOpenDay(now) };
}
