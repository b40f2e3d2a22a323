/** Where the fake reads the time: dates, the 48 h rule, expiring bans, flood limits retries and faults all follow it. Milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts: whoever waited looks at it then. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Wall clock with sub-millisecond resolution, so that latencies under 1 ms can be told apart in the record. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake);
    }),
};

export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** How many sleeps are waiting. */
  sleeping(): number;
}

/** A clock that stands still until it is moved, for tests of anything that takes days. */
export function manualClock(startMs: number): ManualClock {
  let nowMs = startMs;
  const sleepers = new Map<() => void, number>();
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) return resolve();
        const wake = () => {
          sleepers.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.set(wake, nowMs + ms);
        signal?.addEventListener('abort', wake);
      }),
    advance(ms) {
      nowMs += ms;
      for (const [wake, dueMs] of sleepers) if (dueMs <= nowMs) wake();
    },
    sleeping: () => sleepers.size,
  };
}
