/** What every LogStore promises of following it. */
import type { LogDocument, LogEvent } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { SETTLE_MS, type LogStore } from '../log-store.ts';
import { aServiceEvent, aVerdictEvent } from './a-log-event.ts';
import type { LogStoreUnderTest } from './log-store.suite.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

export function describeTail(name: string, open: LogStoreUnderTest['open']): void {
  const at = (event: LogEvent) => Date.parse(event['@timestamp']) - NOON;

  async function following() {
    const time = { now: NOON };
    const store = await open({ clock: { now: () => time.now }, keepDays: 7 });
    const { cursor } = await store.tail({ limit: 100 });
    return { time, store, cursor, write: (events: readonly LogDocument[]) => store.write(events) };
  }

  /** All that a tail gives, page by page, until nothing is left. */
  async function follow(store: LogStore, cursor: string, limit = 2): Promise<{ events: LogEvent[]; cursor: string }> {
    const page = await store.tail({ limit, cursor });
    if (page.events.length === 0) return page;
    const rest = await follow(store, page.cursor, limit);
    return { events: [...page.events, ...rest.events], cursor: rest.cursor };
  }

  describe(`${name}: following`, () => {
    it('gives what is new since the last call, oldest first, each once', async () => {
      const { store, time, cursor } = await following();
      await store.write([0, 300, 100, 200, 200, 200].map((ms, i) => aVerdictEvent({ at: NOON + ms, id: `${i}` })));
      time.now += SETTLE_MS + 301;
      const first = await follow(store, cursor);
      expect(first.events.map(at)).toEqual([0, 100, 200, 200, 200, 300]);
      expect(new Set(first.events.map((event) => event.event.id)).size).toBe(6);
      await store.write([aServiceEvent({ at: NOON + 400, id: 'next' })]);
      time.now += SETTLE_MS;
      expect((await follow(store, first.cursor)).events.map(at)).toEqual([400]);
    });

    it('misses nothing that is found a while after its time, whatever comes in between', async () => {
      const { store, time, cursor } = await following();
      await store.write([aVerdictEvent({ at: NOON + 1000, id: 'in time' })]);
      time.now = NOON + SETTLE_MS;
      const early = await follow(store, cursor);
      await store.write([aVerdictEvent({ at: NOON + 900, id: 'late' })]);
      time.now = NOON + SETTLE_MS + 2000;
      const rest = await follow(store, early.cursor);
      expect([...early.events, ...rest.events].map(at)).toEqual([900, 1000]);
    });

    it('leaves to searches what comes later than that', async () => {
      const { store, time, cursor } = await following();
      time.now = NOON + SETTLE_MS + 1000;
      const { cursor: next } = await follow(store, cursor);
      await store.write([aVerdictEvent({ at: NOON + 999, id: 'too late' })]);
      time.now += 60_000;
      expect((await follow(store, next)).events).toEqual([]);
      expect((await store.search({ limit: 1 })).events).toHaveLength(1);
    });

    it('settles for as long as its caller says, begins where told, and filters', async () => {
      const { store, time } = await following();
      const events = [1, 2, 3].map((i) =>
        aServiceEvent({ at: NOON + i, id: `${i}`, log: { level: i === 2 ? 'error' : 'info' } }),
      );
      await store.write([...events, aVerdictEvent({ at: NOON + 2 })]);
      time.now = NOON + 4;
      const quick = { limit: 10, settleMs: 0, service: 'ingestd' };
      expect((await store.tail({ ...quick, from: NOON + 2 })).events.map(at)).toEqual([2, 3]);
      expect((await store.tail({ ...quick, from: NOON, level: 'error' })).events.map(at)).toEqual([2]);
      expect((await store.tail({ ...quick, from: NOON, to: NOON + 3 })).events.map(at)).toEqual([1, 2]);
      expect((await store.tail(quick)).events).toEqual([]);
    });

    it('keeps its place when the clock goes back', async () => {
      const { store, time, cursor } = await following();
      time.now = NOON - 60_000;
      expect(await store.tail({ limit: 1, cursor })).toEqual({ events: [], cursor });
    });
  });
}
