import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manualClock, systemClock, type Clock } from './clock.ts';

const START_MS = Date.UTC(2026, 10, 1);

interface Wound {
  clock: Clock;
  advance(ms: number): unknown;
}

const CLOCKS: [string, () => Wound][] = [
  ['system', () => ({ clock: systemClock, advance: (ms) => vi.advanceTimersByTimeAsync(ms) })],
  [
    'manual',
    () => {
      const clock = manualClock(START_MS);
      return { clock, advance: clock.advance };
    },
  ],
];

describe.each(CLOCKS)('the %s clock', (_name, wind) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('wakes a sleeper when its time has come, and not before', async () => {
    const { clock, advance } = wind();
    const woken = vi.fn<() => void>();
    const sleep = clock.sleep(100).then(woken);
    await advance(99);
    expect(woken).not.toHaveBeenCalled();
    await advance(1);
    await sleep;
    expect(woken).toHaveBeenCalledOnce();
  });

  it('wakes a sleeper whose signal aborts, and lets none sleep after', async () => {
    const { clock } = wind();
    const abort = new AbortController();
    const sleep = clock.sleep(100, abort.signal);
    abort.abort();
    expect(await sleep).toBeUndefined();
    expect(await clock.sleep(100, abort.signal)).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
