/**
 * Spares an endpoint that fails, and the questions that would be lost on it. Closed it lets everything pass; after a
 * row of failures it opens for a while; then one call at a time tries whether it may close, and waits longer if not.
 */
import type { Clock } from '@chatwarden/contracts';

export interface Breaker {
  /** Calls that may be under way at once. */
  room(): number;
  succeeded(): void;
  failed(): void;
  /** Opens at once: the endpoint itself said for how long. */
  open(forMs: number): void;
  state(): 'closed' | 'open' | 'half-open';
}

const FAILURES_MAX = 5;
const FIRST_MS = 30_000;
const LONGEST_MS = 600_000;

export function createBreaker(clock: Pick<Clock, 'now'>, roomMax: number): Breaker {
  let failures = 0;
  let openedUntil = 0;
  /** Of the next opening. */
  let openMs = FIRST_MS;

  function state(): ReturnType<Breaker['state']> {
    if (openedUntil === 0) return 'closed';
    return clock.now() < openedUntil ? 'open' : 'half-open';
  }

  function open(forMs: number): void {
    openedUntil = Math.max(openedUntil, clock.now() + forMs);
  }

  function failed(): void {
    failures += 1;
    // Calls that were under way when it opened tell nothing new.
    if (state() === 'open' || (state() === 'closed' && failures < FAILURES_MAX)) return;
    open(openMs);
    openMs = Math.min(2 * openMs, LONGEST_MS);
  }

  function succeeded(): void {
    failures = 0;
    openedUntil = 0;
    openMs = FIRST_MS;
  }

  return {
    state,
    open,
    failed,
    succeeded,
    room: () => ({ closed: roomMax, open: 0, 'half-open': 1 })[state()],
  };
}
