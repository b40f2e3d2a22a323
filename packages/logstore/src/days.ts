/**
 * Days are UTC days of @timestamp, written YYYY-MM-DD. A day is kept while it ended no more than `keepDays` full days
 * ago, so writing and dropping agree on every instant; up to one day ahead is taken for a clock that is not ours.
 */
import type { Millis } from '@chatwarden/contracts';

const DAY_MS = 86_400_000;

export function dayOf(at: Millis): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The oldest day that is kept. */
export function firstKeptDay(now: Millis, keepDays: number): string {
  const lastEndMs = now - keepDays * DAY_MS;
  const endsAtMidnight = lastEndMs % DAY_MS === 0;
  return dayOf(endsAtMidnight ? lastEndMs - DAY_MS : lastEndMs);
}

/** The newest day that may be written. */
export function lastOpenDay(now: Millis): string {
  return dayOf(now + DAY_MS);
}
