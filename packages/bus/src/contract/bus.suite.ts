/**
 * What every Bus promises. An adapter's test calls this with a way to open an empty bus. Nothing here counts on when
 * `publish` resolves: for one adapter it is after the handlers, for another when the records are stored.
 */
import { Failure, type ChatEvent, type DeadLetter } from '@chatwarden/contracts';
import { anEvent } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bus, Handle, Refused } from '../bus.ts';

export interface BusUnderTest {
  bus: Bus;
  deadLetters(): readonly DeadLetter[];
  /** Lets a little time go by, about 100 ms: manual clocks advance, real ones wait. */
  pass(): Promise<void>;
}

/** A minute of passes, for adapters that need a while to take up work. */
const PASSES_MAX = 600;
const BATCH_MAX = 10;
const GROUPS = ['g0000000000000001', 'g0000000000000002', 'g0000000000000003'];

const eventsOf = (count: number, groupId = GROUPS[0] ?? ''): ChatEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ groupId, message: { messageId: index + 1 } }));
const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);

/** Remembers what it was given, after `before` has had its say. */
function collector(before: Handle<'events'> = () => Promise.resolve([])) {
  const handled: ChatEvent[] = [];
  const handle: Handle<'events'> = async (batch, delivery) => {
    const refused = await before(batch, delivery);
    const without = new Set(refused.map(({ id }) => id));
    handled.push(...batch.filter(({ id }) => !without.has(id)));
    return refused;
  };
  return { handle, handled, has: (events: readonly ChatEvent[]) => includesAll(handled, events) };
}

function includesAll(handled: readonly ChatEvent[], events: readonly ChatEvent[]): boolean {
  const seen = new Set(ids(handled));
  return events.every(({ id }) => seen.has(id));
}

/** Throws this for the batch as often as told. */
function failing(error: Error, times: number): Handle<'events'> {
  let left = times;
  return () => {
    left -= 1;
    return left >= 0 ? Promise.reject(error) : Promise.resolve([]);
  };
}

export function describeBus(name: string, open: () => Promise<BusUnderTest>): void {
  async function opened() {
    const { bus, deadLetters, pass } = await open();
    onTestFinished(() => bus.close());
    const until = async (condition: () => boolean) => {
      for (let passes = 0; !condition() && passes < PASSES_MAX; passes += 1) await pass();
      expect(condition()).toBe(true);
    };
    const subscribe = (group: string, handle: Handle<'events'>) =>
      bus.subscribe({ topic: 'events', group, batchMax: BATCH_MAX, handle });
    /** Publishes, and waits for both the publish and the condition. */
    const publishUntil = (events: readonly ChatEvent[], condition: () => boolean) =>
      Promise.all([bus.publish('events', events), until(condition)]);
    return { bus, deadLetters, until, subscribe, publishUntil };
  }

  describe(`${name}: delivery`, () => {
    it('gives every record to every group', async () => {
      const { subscribe, publishUntil } = await opened();
      const [first, second, events] = [collector(), collector(), eventsOf(25)];
      await subscribe('first', first.handle);
      await subscribe('second', second.handle);
      await publishUntil(events, () => first.has(events) && second.has(events));
      expect(new Set(ids(first.handled))).toEqual(new Set(ids(events)));
      expect(new Set(ids(second.handled))).toEqual(new Set(ids(events)));
    });

    it('shares the records of a group among its members', async () => {
      const { subscribe, publishUntil } = await opened();
      const [one, other] = [collector(), collector()];
      const events = GROUPS.flatMap((groupId) => eventsOf(20, groupId));
      await subscribe('together', one.handle);
      await subscribe('together', other.handle);
      await publishUntil(events, () => includesAll([...one.handled, ...other.handled], events));
      expect(one.handled.length + other.handled.length).toBeLessThan(2 * events.length);
    });

    it('hands over no more than batchMax at once', async () => {
      const { subscribe, publishUntil } = await opened();
      const sizes: number[] = [];
      const seen = collector((batch) => {
        sizes.push(batch.length);
        return Promise.resolve([]);
      });
      await subscribe('only', seen.handle);
      const events = eventsOf(35);
      await publishUntil(events, () => seen.has(events));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_MAX);
    });

    it('keeps the order of records with one key', async () => {
      const { bus, subscribe, until } = await opened();
      const seen = collector(failing(new Failure('away', 'later', { message: 'away' }), 2));
      await subscribe('only', seen.handle);
      const published = GROUPS.map((groupId) => eventsOf(12, groupId));
      const rounds = [0, 4, 8].map((from) => published.flatMap((events) => events.slice(from, from + 4)));
      const publishing = (async () => {
        for (const round of rounds) await bus.publish('events', round);
      })();
      await Promise.all([publishing, until(() => seen.has(published.flat()))]);
      for (const events of published) {
        const inOrder = ids(seen.handled.filter(({ groupId }) => groupId === events[0]?.groupId));
        expect([...new Set(inOrder)]).toEqual(ids(events));
      }
    });

    it('lets a slow handler delay its own group only', async () => {
      const { bus, subscribe, until } = await opened();
      const gate = Promise.withResolvers<readonly Refused[]>();
      const [slow, quick, events] = [collector(() => gate.promise), collector(), eventsOf(5)];
      await subscribe('slow', slow.handle);
      await subscribe('quick', quick.handle);
      const publishing = bus.publish('events', events);
      await until(() => quick.has(events));
      expect(slow.handled).toEqual([]);
      gate.resolve([]);
      await Promise.all([publishing, until(() => slow.has(events))]);
    });

    it('brings nothing to a member that has left', async () => {
      const { subscribe, publishUntil } = await opened();
      const [gone, stayed] = [collector(), collector()];
      const leaving = await subscribe('together', gone.handle);
      await subscribe('together', stayed.handle);
      await leaving.close();
      const events = GROUPS.flatMap((groupId) => eventsOf(5, groupId));
      await publishUntil(events, () => stayed.has(events));
      expect(gone.handled).toEqual([]);
    });
  });

  describe(`${name}: failures`, () => {
    it('delivers what was published although the handler fails first', async () => {
      const { subscribe, publishUntil, deadLetters } = await opened();
      const seen = collector(failing(new Error('a surprise'), 1));
      await subscribe('only', seen.handle);
      const events = eventsOf(5);
      await publishUntil(events, () => seen.has(events));
      expect(deadLetters()).toEqual([]);
    });

    it('never loses a record to a dependency that is away', async () => {
      const { subscribe, publishUntil, deadLetters } = await opened();
      const seen = collector(failing(new Failure('postgresAway', 'later', { message: 'away' }), 5));
      await subscribe('only', seen.handle);
      const events = eventsOf(5);
      await publishUntil(events, () => seen.has(events));
      expect(deadLetters()).toEqual([]);
    });

    for (const [what, error] of [
      ['that fails again and again', new Error('a surprise')],
      ['that can never be handled', new Failure('broken', 'never', { message: 'cannot be read' })],
    ] as const) {
      it(`lets a record ${what} die alone`, async () => {
        const { subscribe, publishUntil, deadLetters } = await opened();
        const events = eventsOf(8);
        const [, , , poison] = events;
        const rest = events.filter((event) => event !== poison);
        const seen = collector((batch) =>
          batch.some(({ id }) => id === poison?.id) ? Promise.reject(error) : Promise.resolve([]),
        );
        await subscribe('only', seen.handle);
        await publishUntil(events, () => seen.has(rest) && deadLetters().length > 0);
        expect(seen.has(rest)).toBe(true);
        expect(deadLetters()).toMatchObject([{ topic: 'events', group: 'only', recordId: poison?.id }]);
      });
    }

    it('brings what a handler refuses to dead letters, with the reason', async () => {
      const { subscribe, publishUntil, deadLetters } = await opened();
      const events = eventsOf(4);
      const [bad, ...rest] = events;
      const seen = collector((batch) =>
        Promise.resolve(batch.filter(({ id }) => id === bad?.id).map(({ id }) => ({ id, reason: 'no such chat' }))),
      );
      await subscribe('only', seen.handle);
      await publishUntil(events, () => seen.has(rest) && deadLetters().length > 0);
      expect(deadLetters()).toMatchObject([
        { topic: 'events', group: 'only', recordId: bad?.id, reason: 'no such chat' },
      ]);
    });
  });

  describe(`${name}: closing`, () => {
    it('refuses to publish and to subscribe once it is closed, and may be closed twice', async () => {
      const { bus, subscribe } = await opened();
      await bus.close();
      await bus.close();
      await expect(bus.publish('events', eventsOf(1))).rejects.toMatchObject({ code: 'busClosed', retry: 'later' });
      await expect(subscribe('late', collector().handle)).rejects.toMatchObject({ code: 'busClosed', retry: 'later' });
    });
  });
}
