import type { HourCount } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import type { LogStore } from './log-store.ts';
import { withRolledHours } from './rolled-hours.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 10, 24, 12);

function counts(source: string, { from, to }: { from: number; to: number }): HourCount[] {
  return Array.from({ length: Math.ceil((to - from) / HOUR_MS) }, (_, n) => ({
    groupId: 'g0123456789abcdef',
    hour: from + n * HOUR_MS,
    dataset: source,
    name: 'act',
    count: 1,
  }));
}

function rolled(countedUntil: number) {
  const live = { hourly: (query) => Promise.resolve(counts('documents', query)) } as LogStore;
  const store = withRolledHours(live, {
    countedUntil: () => Promise.resolve(countedUntil),
    read: (query) => Promise.resolve(counts('counters', query)),
  });
  return async (from: number, to: number) =>
    (await store.hourly({ from, to })).map(({ hour, dataset }) => [(hour - NOON) / HOUR_MS, dataset]);
}

describe('hours that were counted', () => {
  it('come from counters, and the rest from the documents', async () => {
    expect(await rolled(NOON)(NOON - 2 * HOUR_MS, NOON + HOUR_MS)).toEqual([
      [-2, 'counters'],
      [-1, 'counters'],
      [0, 'documents'],
    ]);
  });

  it('come from documents alone while nothing is counted, and from counters alone for the past', async () => {
    expect(await rolled(0)(NOON, NOON + HOUR_MS)).toEqual([[0, 'documents']]);
    expect(await rolled(NOON + 5 * HOUR_MS)(NOON, NOON + HOUR_MS)).toEqual([[0, 'counters']]);
  });
});
