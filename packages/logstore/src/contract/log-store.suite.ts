/** What every LogStore promises. An adapter's test calls this with a way to open an empty store. */
import { DATASETS, type Clock, type LogDocument, type LogEvent } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { completeEvent } from '../complete-event.ts';
import type { LogStore, Query } from '../log-store.ts';
import { aServiceEvent, aVerdictEvent, anActionEvent } from './a-log-event.ts';
import { describeCounting } from './counting.suite.ts';
import { describeTail } from './tail.suite.ts';

export interface LogStoreUnderTest {
  /** Empty, and at this clock's time. What was written is found at once. */
  open(options: { clock: Pick<Clock, 'now'>; keepDays: number }): Promise<LogStore>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 10, 24, 12);
const GROUP = 'g0123456789abcdef';
const OTHER_GROUP = 'gfedcba9876543210';

export function describeLogStore(name: string, { open }: LogStoreUnderTest): void {
  const opened = (now = NOON, keepDays = 7) => open({ clock: { now: () => now }, keepDays });
  const filled = async (events: readonly LogDocument[]) => {
    const store = await opened();
    await store.write(events);
    return store;
  };

  describe(`${name}: writing`, () => {
    it('gives one outcome per event, in order', async () => {
      const store = await opened();
      const [first, second] = [aVerdictEvent({ id: '1' }), aVerdictEvent({ id: '2' })];
      expect(await store.write([first, second])).toEqual([
        { id: first.event.id, result: 'created' },
        { id: second.event.id, result: 'created' },
      ]);
      expect(await store.write([])).toEqual([]);
    });

    it('writes an event once, however often it comes', async () => {
      const store = await opened();
      const event = aVerdictEvent();
      const inOneBatch = await store.write([event, event]);
      const again = await store.write([event]);
      expect([...inOneBatch, ...again].map((item) => item.result)).toEqual(['created', 'duplicate', 'duplicate']);
      expect((await store.search({ limit: 10 })).events).toEqual([event]);
    });

    it('writes an event once when it comes from two sides at the same time', async () => {
      const store = await opened();
      const events = Array.from({ length: 50 }, (_, i) => aVerdictEvent({ id: `${i}` }));
      const outcomes = await Promise.all([store.write(events), store.write(events.toReversed())]);
      const created = outcomes.flat().filter((item) => item.result === 'created');
      expect(new Set(created.map((item) => item.id)).size).toBe(50);
      expect(created).toHaveLength(50);
    });

    it('refuses what is older than the kept days or more than a day ahead, and says why', async () => {
      const store = await opened();
      const ages = [-8 * DAY_MS, -7 * DAY_MS, DAY_MS, 2 * DAY_MS];
      const outcomes = await store.write(ages.map((age) => aVerdictEvent({ at: NOON + age })));
      expect(outcomes.map((item) => item.result)).toEqual(['refused', 'created', 'created', 'refused']);
      expect(outcomes[0]).toHaveProperty('reason', expect.stringContaining('2026-11-16'));
      expect(outcomes[3]).toHaveProperty('reason', expect.stringContaining('2026-11-26'));
    });

    it('refuses what is not a document and writes the rest of the batch', async () => {
      const store = await opened();
      const times = ['yesterday', '2026-11-24T12:00:00', '2026-11-24', '2026-11-24T25:00:00Z'];
      const noTimes = times.map((time) => ({ ...aVerdictEvent({ id: time }), '@timestamp': time }));
      const noEvent = { message: 'hello' } as unknown as LogEvent;
      const outcomes = await store.write([...noTimes, noEvent, aVerdictEvent({ id: 'b' })]);
      const refused = [...times, 'no event'].map(() => 'refused');
      expect(outcomes.map((item) => item.result)).toEqual([...refused, 'created']);
    });

    it('takes documents of any service, with any fields and ids, and completes them for their readers', async () => {
      const store = await opened();
      const bare = aServiceEvent({
        id: 'http://somewhere/1',
        custom: { deep: [1, { x: null }] },
        log: { level: 'ERR' },
      });
      const sameId = { ...bare, service: { name: 'other' } };
      const outcomes = await store.write([bare, sameId, bare]);
      expect(outcomes.map(({ id, result }) => [id, result])).toEqual([
        ['http://somewhere/1', 'created'],
        ['http://somewhere/1', 'created'],
        ['http://somewhere/1', 'duplicate'],
      ]);
      const [found] = (await store.search({ service: 'ingestd', text: 'listening', limit: 5 })).events;
      expect(found).toMatchObject({ ...bare, log: { level: 'error', logger: '' }, labels: {} });
      expect(found?.event).toMatchObject({ id: 'http://somewhere/1', action: '', category: [], dataset: '' });
    });

    it('refuses a document without a service, an id, or with a field of another type than the index', async () => {
      const store = await opened();
      const refused = [
        { service: undefined },
        { event: {} },
        { '@timestamp': '2026-11-23T24:00:00Z' },
        { message: 7 },
        { log: 'info' },
        { labels: { x: 'x'.repeat(5000) } },
      ];
      const events = refused.map((over) => ({ ...aServiceEvent({ id: 'x' }), ...over }) as unknown as LogDocument);
      expect((await store.write(events)).map(({ result }) => result)).toEqual(refused.map(() => 'refused'));
    });

    it('takes text with characters that a database may not be able to hold', async () => {
      const event = aVerdictEvent({
        message: 'nul \0 and half a pair \ud83d',
        chatwarden: { reasons: ['\\u0000', '"'] },
      });
      const store = await opened();
      expect((await store.write([event]))[0]?.result).toBe('created');
      const wordless = aVerdictEvent({ message: '', chatwarden: { reasons: [], checks: [] } });
      delete wordless.chatwarden?.sender;
      expect((await store.write([wordless]))[0]?.result).toBe('created');
      const [found] = (await store.search({ text: 'pair', limit: 1 })).events;
      expect(found?.message).toContain('and half a pair');
      expect(found?.chatwarden?.reasons).toEqual(['\\u0000', '"']);
    });
  });

  describe(`${name}: searching`, () => {
    it('gives the newest first, page by page, each event once', async () => {
      const events = Array.from({ length: 7 }, (_, i) =>
        aVerdictEvent({ at: NOON - Math.floor(i / 2) * DAY_MS, id: `${i}` }),
      );
      const store = await filled(events);
      const pages: LogEvent[][] = [];
      let cursor: string | undefined;
      do {
        const query: Query = { limit: 3 };
        if (cursor !== undefined) query.cursor = cursor;
        const page = await store.search(query);
        pages.push(page.events);
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
      const found = pages.flat();
      expect(new Set(found.map((event) => event.event.id)).size).toBe(7);
      const times = found.map((event) => event['@timestamp']);
      expect(times).toEqual(times.toSorted().toReversed());
    });

    it('has no cursor after a page that is just full', async () => {
      const store = await filled([aVerdictEvent({ id: '1' }), aVerdictEvent({ id: '2' })]);
      expect(await store.search({ limit: 2 })).not.toHaveProperty('cursor');
    });

    it('refuses a cursor that it did not make', async () => {
      const store = await opened();
      const lookalike = Buffer.from('99999999999999999.zz').toString('base64url');
      const endOfTime = Buffer.from(`[9999999999999999,"${'0'.repeat(32)}",""]`).toString('base64url');
      for (const cursor of ['', 'nonsense', lookalike, endOfTime]) {
        await expect(store.search({ limit: 1, cursor })).rejects.toMatchObject({ code: 'badCursor', retry: 'never' });
        await expect(store.tail({ limit: 1, cursor })).rejects.toMatchObject({ code: 'badCursor', retry: 'never' });
      }
    });

    const wanted = aVerdictEvent({ id: 'wanted', chatwarden: { band: 'ask', stage: 'llm' } });
    const otherGroup = aVerdictEvent({ id: 'other', chatwarden: { groupId: OTHER_GROUP } });
    const action = anActionEvent({ id: 'action' });
    const early = aVerdictEvent({ id: 'early', at: NOON - DAY_MS });
    const failed = completeEvent(aServiceEvent({ id: 'failed', log: { level: 'WARNING' } }));
    const filters: { name: string; query: Omit<Query, 'limit'>; found: LogEvent[] }[] = [
      { name: 'the group', query: { groupId: OTHER_GROUP }, found: [otherGroup] },
      { name: 'the dataset', query: { dataset: DATASETS.action }, found: [action] },
      { name: 'the band', query: { band: 'ask' }, found: [wanted] },
      { name: 'the stage', query: { stage: 'llm' }, found: [wanted] },
      { name: 'the kind of action', query: { actionKind: 'deleteMessage' }, found: [action] },
      { name: 'the service', query: { service: 'ingestd' }, found: [failed] },
      { name: "the level, by other loggers' names too", query: { level: 'warn' }, found: [failed] },
      { name: 'the end, which is left out', query: { to: NOON }, found: [early] },
      { name: 'the start, which is taken in', query: { from: NOON - DAY_MS, to: NOON - DAY_MS + 1 }, found: [early] },
      { name: 'all together', query: { groupId: GROUP, band: 'act', from: NOON - DAY_MS, to: NOON }, found: [early] },
    ];
    it.each(filters)('filters by $name', async ({ query, found }) => {
      const store = await filled([
        wanted,
        otherGroup,
        action,
        early,
        aServiceEvent({ id: 'failed', log: { level: 'WARNING' } }),
      ]);
      expect((await store.search({ ...query, limit: 10 })).events).toEqual(found);
    });

    const described = aVerdictEvent({
      message: 'act on a message',
      chatwarden: {
        sender: 'd'.repeat(32),
        checks: [{ name: 'mixedScripts', fired: true, weight: 1, reason: '' }],
        reasons: ['1 link to casino.example', 'слово «Казино» в списке'],
      },
    });
    it.each([
      'casino',
      'Casino.Example',
      'link 1',
      'mixedscripts',
      'd'.repeat(32),
      'КАЗИНО',
      'act',
      'casino message',
      ' ',
    ])('finds "%s" in reasons, check names, message and pseudonyms', async (text) => {
      const store = await filled([
        described,
        aVerdictEvent({ message: 'other', chatwarden: { reasons: [], checks: [] } }),
      ]);
      expect((await store.search({ text, limit: 10 })).events).toContainEqual(described);
    });

    it.each(['casino poker', 'cas', "'; drop table journal; --", 'links'])('does not find "%s"', async (text) => {
      const store = await filled([described]);
      expect((await store.search({ text, limit: 10 })).events).toEqual([]);
    });
  });

  describeCounting(name, filled);
  describeTail(name, open);

  describe(`${name}: forgetting`, () => {
    it('drops whole days that ended before the kept days, with their counts, and names them', async () => {
      const days = [-9, -8, -7, -1, 0].map((day) => aVerdictEvent({ at: NOON + day * DAY_MS }));
      const store = await opened(NOON - 2 * DAY_MS, 9);
      await store.write(days);
      expect(await store.dropOldDays(NOON, 7)).toEqual(['2026-11-15', '2026-11-16']);
      const left = (await store.search({ limit: 10 })).events.map((event) => event['@timestamp'].slice(0, 10));
      expect(left).not.toContain('2026-11-16');
      expect(left).toContain('2026-11-17');
      const [firstHour] = await store.hourly({ from: NOON - 30 * DAY_MS, to: NOON + DAY_MS });
      expect(firstHour?.hour).toBe(NOON - 7 * DAY_MS);
      expect(await store.dropOldDays(NOON, 7)).toEqual([]);
    });

    it('names the days that are over and still there', async () => {
      const store = await opened(NOON - 2 * DAY_MS, 9);
      await store.write([-9, -8, -7, 0].map((day) => aVerdictEvent({ at: NOON + day * DAY_MS })));
      expect(await store.overdueDays(NOON, 7)).toEqual(['2026-11-15', '2026-11-16']);
      await store.dropOldDays(NOON, 7);
      expect(await store.overdueDays(NOON, 7)).toEqual([]);
    });

    it('keeps a day that ended exactly at the bound', async () => {
      const midnight = Date.UTC(2026, 10, 25);
      const store = await opened(midnight);
      await store.write([aVerdictEvent({ at: midnight - 7 * DAY_MS - 1 })]);
      expect(await store.dropOldDays(midnight, 7)).toEqual([]);
      expect((await store.search({ limit: 1 })).events).toHaveLength(1);
    });

    it('takes events of a day again after it was dropped', async () => {
      const store = await opened(NOON, 7);
      await store.write([aVerdictEvent({ at: NOON - DAY_MS })]);
      expect(await store.dropOldDays(NOON, 0)).toEqual(['2026-11-23']);
      const outcomes = await store.write([aVerdictEvent({ at: NOON - DAY_MS })]);
      expect(outcomes.map((item) => item.result)).toEqual(['created']);
    });
  });
}
