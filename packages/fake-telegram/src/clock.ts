/** Where the fake reads the time: dates, the 48 h rule, expiring bans and flood limits all follow it. Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** Wall clock with sub-millisecond resolution, so that latencies under 1 ms can be told apart in the record. */
export const systemClock: Clock = { now: () => performance.timeOrigin + performance.now() };

/** A clock that stands still until it is moved, for tests of anything that takes days. */
export function manualClock(startMs: number): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}
