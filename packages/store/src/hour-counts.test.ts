import { DATASETS, type HourCount } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';

const under = aStoreForAll();
const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 10, 24, 12);
const GROUP = 'g0123456789abcdef';
const OTHER = 'gfedcba9876543210';

const aCount = (over: Partial<HourCount> = {}): HourCount => ({
  groupId: GROUP,
  hour: NOON,
  dataset: DATASETS.verdict,
  name: 'act',
  count: 2,
  ...over,
});
const all = { from: NOON - 24 * HOUR_MS, to: NOON + 24 * HOUR_MS };

describe('counts of closed hours', () => {
  it('are overwritten, so that what is counted again counts once', async () => {
    const { hourCounts } = under.store;
    const range = { from: NOON, until: NOON + 2 * HOUR_MS };
    await hourCounts.overwrite(range, [aCount(), aCount({ hour: NOON + HOUR_MS, name: 'allow', count: 2.5 })]);
    await hourCounts.overwrite(range, [aCount({ count: 3 })]);
    expect(await hourCounts.read(all)).toEqual([aCount({ count: 3 })]);
  });

  it('stay as they are outside the range, and are read by group and by hour', async () => {
    const { hourCounts } = under.store;
    await hourCounts.overwrite({ from: NOON, until: NOON + HOUR_MS }, [aCount(), aCount({ groupId: OTHER })]);
    await hourCounts.overwrite({ from: NOON + HOUR_MS, until: NOON + 2 * HOUR_MS }, [aCount({ hour: NOON + HOUR_MS })]);
    expect(await hourCounts.read(all)).toHaveLength(3);
    expect(await hourCounts.read({ ...all, groupId: OTHER })).toEqual([aCount({ groupId: OTHER })]);
    expect(await hourCounts.read({ from: NOON, to: NOON + HOUR_MS, groupId: GROUP })).toEqual([aCount()]);
  });

  it('say until when hours are counted, and never go back', async () => {
    const { hourCounts } = under.store;
    await hourCounts.overwrite({ from: NOON, until: NOON + 3 * HOUR_MS }, []);
    await hourCounts.overwrite({ from: NOON, until: NOON + HOUR_MS }, []);
    expect(await hourCounts.countedUntil()).toBe(NOON + 3 * HOUR_MS);
  });

  it('are the same when two count at once', async () => {
    const other = await under.another();
    const range = { from: NOON, until: NOON + HOUR_MS };
    await Promise.all([under.store, other].map((store) => store.hourCounts.overwrite(range, [aCount()])));
    expect(await other.hourCounts.read({ from: NOON, to: NOON + HOUR_MS })).toEqual([aCount()]);
  });

  it('tell the busiest hour of each group by its verdicts', async () => {
    const { hourCounts } = under.store;
    const HOURS_LATER = NOON + 48 * HOUR_MS;
    const at = (hours: number, over: Partial<HourCount>) => aCount({ hour: HOURS_LATER + hours * HOUR_MS, ...over });
    await hourCounts.overwrite({ from: HOURS_LATER, until: HOURS_LATER + 3 * HOUR_MS }, [
      at(0, { name: 'allow', count: 72_000 }),
      at(1, { name: 'allow', count: 3000 }),
      at(1, { name: 'act', count: 600 }),
      at(2, { name: 'allow', count: 1800 }),
      at(2, { dataset: DATASETS.action, name: 'ban', count: 9000 }),
      at(2, { groupId: OTHER, dataset: DATASETS.action, name: 'ban', count: 1 }),
    ]);
    expect(await hourCounts.ratesOf(HOURS_LATER + HOUR_MS)).toEqual([
      { groupId: GROUP, hour: HOURS_LATER + HOUR_MS, eventsPerSecond: 1 },
    ]);
    expect(await hourCounts.ratesOf(HOURS_LATER)).toMatchObject([{ groupId: GROUP, eventsPerSecond: 20 }]);
  });

  it('are dropped when they are old', async () => {
    const { hourCounts } = under.store;
    await hourCounts.overwrite({ from: NOON - HOUR_MS, until: NOON + HOUR_MS }, [
      aCount({ hour: NOON - HOUR_MS }),
      aCount(),
    ]);
    await hourCounts.dropBefore(NOON);
    expect(await hourCounts.read({ from: 0, to: NOON + HOUR_MS })).toEqual([aCount()]);
  });
});
