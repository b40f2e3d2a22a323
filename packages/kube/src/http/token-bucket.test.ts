import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('gives its burst at once and then one by one, in the order of asking', async () => {
    const clock = manualClock();
    const bucket = createTokenBucket({ clock, qps: 10, burst: 3 });
    const given: string[] = [];
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => bucket.take().then(() => given.push(name)));
    await clock.advance(0);
    expect(given).toEqual(['a', 'b', 'c']);
    await clock.advance(100);
    expect(given).toEqual(['a', 'b', 'c', 'd']);
    await clock.advance(100);
    await Promise.all(all);
    expect(given).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('saves up no more than its burst, and says how long was waited', async () => {
    const clock = manualClock();
    const bucket = createTokenBucket({ clock, qps: 10, burst: 2 });
    await clock.advance(60_000);
    expect(await Promise.all([bucket.take(), bucket.take()])).toEqual([0, 0]);
    const third = bucket.take();
    await clock.advance(100);
    expect(await third).toBe(100);
  });

  it('lets go of who does not want to wait any more', async () => {
    const bucket = createTokenBucket({ clock: manualClock(), qps: 1, burst: 1 });
    await bucket.take();
    const stop = new AbortController();
    const waiting = bucket.take(stop.signal);
    stop.abort();
    expect(await waiting).toBe(1000);
  });
});
