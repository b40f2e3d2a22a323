/** Where the fake reads the time: dates, the 48 h rule, expiring bans, flood limits and retries all follow it. Milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Wall clock with sub-millisecond resolution, so that latencies under 1 ms can be told apart in the record. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

/** A clock that stands still until it is moved, for tests of anything that takes days. */
export function manualClock(startMs: number): Clock & { advance(ms: number): void } {
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
      for (const [wake, atMs] of sleepers) if (atMs <= nowMs) wake();
    },
  };
}
