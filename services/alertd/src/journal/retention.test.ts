import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { expect, test } from 'vitest';
import { keepRetention } from './retention.ts';

test('old days are dropped at start and every hour, and a failure is tried again', async () => {
  const clock = manualClock();
  const asked: number[] = [];
  const stopping = new AbortController();
  const dropOldDays = (now: number) => {
    asked.push(now);
    return asked.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve(['2026-11-16']);
  };
  const done = keepRetention({ logStore: { dropOldDays }, clock, log: silentLogger(), days: 7 }, stopping.signal);
  await clock.advance(0);
  await clock.advance(3_600_000);
  stopping.abort();
  await done;
  expect(asked).toEqual([clock.now() - 3_600_000, clock.now()]);
});
