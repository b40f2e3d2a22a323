import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { expect, test } from 'vitest';
import { keepRetention } from './retention.ts';

const DAY_MS = 86_400_000;

test('what is over is dropped at start and every hour; what fails holds up nothing else and is tried again', async () => {
  const clock = manualClock();
  const asked: [what: string, at: number][] = [];
  const rows = (what: string) => (at: number) => {
    asked.push([what, at]);
    return Promise.resolve(3);
  };
  const deps = {
    logStore: {
      dropOldDays: (at: number) => {
        asked.push(['journal', at]);
        return asked.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve(['2026-11-16']);
      },
    },
    spanStore: {
      dropOldSpans: (at: number, days: number) => {
        asked.push([`spans of ${days} days`, at]);
        return Promise.resolve([]);
      },
    },
    store: {
      contexts: {
        dropSightingsBefore: (at: number) => {
          asked.push(['sightings', at]);
          return Promise.resolve([]);
        },
      },
      evidence: {
        dropEvidenceBefore: (at: number) => {
          asked.push(['evidence', at]);
          return Promise.resolve([]);
        },
      },
      purges: { purgeDetails: rows('details'), purgeSanctions: rows('sanctions'), purgeHistory: rows('history') },
      hourCounts: { dropBefore: rows('hours') },
    },
    clock,
    log: silentLogger(),
    days: 7,
    historyDays: 180,
  };
  const stopping = new AbortController();
  const start = clock.now();
  const done = keepRetention(deps, stopping.signal);
  const round = (now: number) => [
    ['journal', now],
    ['spans of 7 days', now],
    ['sightings', now - 2 * DAY_MS],
    ['evidence', now - 7 * DAY_MS],
    ['details', now - 7 * DAY_MS],
    ['sanctions', now],
    ['history', now - 180 * DAY_MS],
    ['hours', now - 180 * DAY_MS],
  ];
  await clock.advance(0);
  expect(asked).toEqual(round(start));
  await clock.advance(3_600_000);
  stopping.abort();
  await done;
  expect(asked).toEqual([...round(start), ...round(start + 3_600_000)]);
});
