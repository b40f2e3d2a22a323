import type { Clock, Millis } from '@chatwarden/contracts';

interface Sleeper {
  at: Millis;
  wake: () => void;
}

/** A clock that tests turn by hand: `sleep` resolves when `advance` passes its end. */
export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
  set(at: Millis): void;
  /** How many sleeps are waiting. */
  sleeping(): number;
}

/** 2026-11-24T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 24, 12);

export function manualClock(start: Millis = NOON): ManualClock {
  let now = start;
  let sleepers: Sleeper[] = [];

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { at: now + ms, wake: resolve };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });
  }

  async function advance(ms: number): Promise<void> {
    now += ms;
    const due = sleepers.filter((sleeper) => sleeper.at <= now);
    sleepers = sleepers.filter((sleeper) => sleeper.at > now);
    for (const sleeper of due) sleeper.wake();
    // What was woken runs before the test goes on.
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => now,
    sleep,
    advance,
    set: (at) => void (now = at),
    sleeping: () => sleepers.length,
  };
}
