import { DATASETS, Failure, type HourCount } from '@chatwarden/contracts';
import { manualClock, NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { keepRollingUp, rollUp } from './roll-up.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CLOSED = Math.floor(NOON / HOUR_MS) * HOUR_MS;

function aRollUp(countedUntil: number) {
  const asked: { from: number; to: number }[] = [];
  const written: { from: number; until: number; counts: readonly HourCount[] }[] = [];
  const warned: string[] = [];
  const count = { groupId: 'g0123456789abcdef', hour: CLOSED, dataset: DATASETS.verdict, name: 'act', count: 1 };
  let away = false;
  const clock = manualClock();
  const deps = {
    clock,
    log: { warn: (_fields: object, line: string) => void warned.push(line) },
    hourCounts: {
      countedUntil: () => Promise.resolve(countedUntil),
      overwrite: async (range: { from: number; until: number }, counts: readonly HourCount[]) =>
        void written.push({ ...range, counts }),
    },
    logStore: {
      hourly: async (range: { from: number; to: number }) => {
        if (away) throw new Failure('openSearchAway', 'later', { message: 'OpenSearch is away' });
        asked.push(range);
        return [count];
      },
    },
  };
  return { deps, clock, asked, written, warned, count, setAway: (is: boolean) => void (away = is) };
}

describe('the roll-up', () => {
  test('counts the closed hours of two days again, and never the open one', async () => {
    const { deps, asked, written, count } = aRollUp(CLOSED);
    await rollUp(deps, CLOSED + HOUR_MS / 2);
    expect(asked).toEqual([{ from: CLOSED - 2 * DAY_MS, to: CLOSED }]);
    expect(written).toEqual([{ from: CLOSED - 2 * DAY_MS, until: CLOSED, counts: [count] }]);
  });

  test('goes back to where it was, but not beyond the documents that are kept', async () => {
    const behind = aRollUp(CLOSED - 3 * DAY_MS);
    await rollUp(behind.deps, CLOSED);
    const first = aRollUp(0);
    await rollUp(first.deps, CLOSED);
    expect([behind.asked[0]?.from, first.asked[0]?.from]).toEqual([CLOSED - 5 * DAY_MS, CLOSED - 7 * DAY_MS]);
  });

  test('writes nothing while the documents cannot be read, says so, and tries again', async () => {
    const { deps, clock, written, warned, setAway } = aRollUp(CLOSED);
    setAway(true);
    const stop = new AbortController();
    const running = keepRollingUp(deps, stop.signal);
    await clock.advance(0);
    expect([written.length, warned.length]).toEqual([0, 1]);
    setAway(false);
    await clock.advance(600_000);
    expect(written).toHaveLength(1);
    stop.abort();
    await running;
  });
});
