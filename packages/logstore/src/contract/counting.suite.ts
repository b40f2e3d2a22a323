/** What every LogStore promises of counts. */
import { DATASETS, type LogDocument } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { BUCKETS_MAX, type Filter, type LogStore } from '../log-store.ts';
import { aServiceEvent, aVerdictEvent, anActionEvent } from './a-log-event.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 10, 24, 12);
const GROUP = 'g0123456789abcdef';
const OTHER_GROUP = 'gfedcba9876543210';

export function describeCounting(name: string, filled: (events: readonly LogDocument[]) => Promise<LogStore>): void {
  describe(`${name}: counting`, () => {
    it('sums weights by group, hour, dataset and band or kind', async () => {
      const store = await filled([
        aVerdictEvent({ id: '1' }),
        aVerdictEvent({ id: '2', at: NOON + 59 * 60_000 }),
        aVerdictEvent({ id: '3', chatwarden: { band: 'allow', weight: 10 } }),
        aVerdictEvent({ id: '4', at: NOON + HOUR_MS }),
        anActionEvent({ id: '5' }),
        aVerdictEvent({ id: '6', chatwarden: { groupId: OTHER_GROUP } }),
      ]);
      const row = (name: string, count: number, over = {}) => ({
        groupId: GROUP,
        hour: NOON,
        dataset: DATASETS.verdict as string,
        name,
        count,
        ...over,
      });
      const ofGroup = [
        row('act', 2),
        row('allow', 10),
        row('deleteMessage', 1, { dataset: DATASETS.action }),
        row('act', 1, { hour: NOON + HOUR_MS }),
      ];
      const day = { from: NOON - DAY_MS, to: NOON + DAY_MS };
      expect(new Set(await store.hourly({ groupId: GROUP, ...day }))).toEqual(new Set(ofGroup));
      expect(new Set(await store.hourly(day))).toEqual(new Set([...ofGroup, row('act', 1, { groupId: OTHER_GROUP })]));
    });

    it('gives the hours that begin from `from` on and before `to`', async () => {
      const events = [0, 1, 2].map((i) => aVerdictEvent({ at: NOON + i * HOUR_MS, id: `${i}` }));
      const store = await filled(events);
      const hours = await store.hourly({ from: NOON + HOUR_MS, to: NOON + 2 * HOUR_MS });
      expect(hours.map((row) => row.hour)).toEqual([NOON + HOUR_MS]);
    });

    it('counts a repeated event once', async () => {
      const event = aVerdictEvent();
      const store = await filled([event, event]);
      await store.write([event]);
      expect((await store.hourly({ from: NOON, to: NOON + HOUR_MS })).map((row) => row.count)).toEqual([1]);
    });
  });

  const day = { from: NOON - DAY_MS, to: NOON + DAY_MS };
  const check = (checkName: string, fired = true) => ({ name: checkName, fired, weight: 1, reason: 'nul \0' });
  const mixed = [
    aVerdictEvent({ id: '1', chatwarden: { checks: [check('links'), check('mentions')], sender: 'a'.repeat(32) } }),
    aVerdictEvent({ id: '2', at: NOON + 1, chatwarden: { checks: [check('links'), check('old', false)] } }),
    aVerdictEvent({
      id: '3',
      at: NOON + HOUR_MS,
      chatwarden: { band: 'allow', weight: 10, checks: [check('old', false)] },
    }),
    anActionEvent({ id: '4', at: NOON - 1, chatwarden: { groupId: OTHER_GROUP, sender: 'b'.repeat(32) } }),
    aServiceEvent({ id: '5', at: NOON - 1, log: { level: 'Warning' } }),
    aServiceEvent({ id: '6', log: { level: 'warn' } }),
    aServiceEvent({ id: '7' }),
  ];

  describe(`${name}: counting by time`, () => {
    it('sums weights per bucket and value, and leaves out what has no value', async () => {
      const store = await filled(mixed);
      expect(await store.histogram({ ...day, bucketMs: HOUR_MS, by: 'band' })).toEqual([
        { at: NOON, name: 'act', count: 2 },
        { at: NOON + HOUR_MS, name: 'allow', count: 10 },
      ]);
      expect(await store.histogram({ ...day, bucketMs: DAY_MS, by: 'service' })).toEqual([
        { at: NOON - DAY_MS / 2, name: 'alertd', count: 13 },
        { at: NOON - DAY_MS / 2, name: 'ingestd', count: 3 },
      ]);
      expect(await store.histogram({ from: NOON - 5000, to: NOON, bucketMs: 1000, by: 'actionKind' })).toEqual([
        { at: NOON - 1000, name: 'deleteMessage', count: 1 },
      ]);
    });

    it("counts other loggers' names of a level as ours", async () => {
      const store = await filled(mixed);
      expect(await store.histogram({ ...day, bucketMs: DAY_MS, by: 'level', service: 'ingestd' })).toEqual([
        { at: NOON - DAY_MS / 2, name: 'info', count: 1 },
        { at: NOON - DAY_MS / 2, name: 'warn', count: 2 },
      ]);
    });

    it('counts what a filter lets through, from the start on and before the end', async () => {
      const store = await filled(mixed);
      const counted = { bucketMs: HOUR_MS, by: 'dataset' } as const;
      expect(await store.histogram({ ...counted, from: NOON + 1, to: NOON + HOUR_MS })).toEqual([
        { at: NOON, name: DATASETS.verdict, count: 1 },
      ]);
      expect(await store.histogram({ ...counted, ...day, text: 'casino', band: 'allow' })).toEqual([
        { at: NOON + HOUR_MS, name: DATASETS.verdict, count: 10 },
      ]);
    });

    it('refuses more buckets than anybody can look at', async () => {
      const store = await filled([]);
      for (const bucketMs of [0, -1, 0.5, (2 * DAY_MS) / (BUCKETS_MAX + 1)]) {
        const asked = store.histogram({ ...day, bucketMs, by: 'band' });
        await expect(asked).rejects.toMatchObject({ code: 'tooManyBuckets', retry: 'never' });
      }
    });
  });

  describe(`${name}: counting by value`, () => {
    const cases: {
      what: string;
      query: Filter & { by: Parameters<LogStore['aggregate']>[0]['by'] };
      found: [string, number][];
    }[] = [
      {
        what: 'checks that fired',
        query: { by: 'check' },
        found: [
          ['links', 2],
          ['mentions', 1],
        ],
      },
      {
        what: 'senders',
        query: { by: 'sender' },
        found: [
          ['a'.repeat(32), 12],
          ['b'.repeat(32), 1],
        ],
      },
      {
        what: 'groups',
        query: { by: 'groupId' },
        found: [
          [GROUP, 12],
          [OTHER_GROUP, 1],
        ],
      },
      { what: 'bands of a time', query: { by: 'band', to: NOON + 1 }, found: [['act', 1]] },
      {
        what: 'levels of a service',
        query: { by: 'level', service: 'ingestd' },
        found: [
          ['warn', 2],
          ['info', 1],
        ],
      },
      { what: 'stages with a word', query: { by: 'stage', text: 'casino' }, found: [['detect', 12]] },
      {
        what: 'datasets',
        query: { by: 'dataset' },
        found: [
          [DATASETS.verdict, 12],
          [DATASETS.action, 1],
        ],
      },
    ];
    it.each(cases)('gives $what, heaviest first', async ({ query, found }) => {
      const store = await filled(mixed);
      const counts = await store.aggregate({ ...query, limit: 10 });
      expect(counts.map(({ name: value, count }) => [value, count])).toEqual(found);
    });

    it('gives no more than were asked for, in the order of names where weights are equal', async () => {
      const names = ['c', 'a', 'd', 'b'];
      const store = await filled([aVerdictEvent({ chatwarden: { checks: names.map((value) => check(value)) } })]);
      const counts = await store.aggregate({ by: 'check', limit: 3 });
      expect(counts.map((count) => count.name)).toEqual(['a', 'b', 'c']);
    });
  });
}
