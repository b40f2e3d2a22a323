/**
 * How long a reflector waits for what, so that a cache is right within 30 s of the end of any fault: what is dead is
 * noticed within 23 s, whoever failed tries again within 10 s, and a connection to nobody is given up after 5 s
 * (`src/http/attempt.ts`).
 */
import type { Millis } from '@chatwarden/contracts';

/**
 * The server ends a watch after so many seconds: 16 to 20, so that watches do not all come back together. A second or
 * two before, it sends a bookmark. So a watch that works is heard of in time even if nothing happens.
 */
const WATCH_SECONDS = { min: 16, spread: 4 };
/** With three seconds for a server that is late. */
export const INACTIVITY_MS: Millis = 23_000;
/** A page of a list at first, since its connection may be dead; one that was late has all the time that it asks for. */
export const LIST_PAGE_MS: Millis = 20_000;
/** The server may say that it does not know the kind: when it is asked again. */
export const ABSENT_MS: Millis = 60_000;
const BACKOFF = { firstMs: 800, maxMs: 10_000 };

export function watchSeconds(random: () => number): number {
  return Math.round(WATCH_SECONDS.min + WATCH_SECONDS.spread * random());
}

/** Longer after each failure in a row, with a random part, so that many clients do not come back together. */
export function backoffMs(failures: number, random: () => number): Millis {
  const ms = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.maxMs);
  return ms / 2 + (ms / 2) * random();
}
