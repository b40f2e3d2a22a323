/** What only the in-process adapter promises; the rest is in contract/bus.suite.ts. */
import type { ChatEvent } from '@chatwarden/contracts';
import { anEvent, aVerdict } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { DEADLINE_MS, events, follow, held, opened, settle } from '../../test/an-in-process-bus.ts';
import type { Handle } from '../bus.ts';
import type { BatchDone } from './group-queue.ts';

it('resolves a publish only when every group has handled its records', async () => {
  const { bus, subscribe } = opened();
  const [first, second] = [held(), held()];
  await subscribe(first.handle, 'first');
  await subscribe(second.handle, 'second');
  const publish = follow(bus.publish('events', events(2)));
  first.letGo();
  await settle();
  expect(publish.now).toBe('open');
  second.letGo();
  await settle();
  expect(publish.now).toBe('done');
});

it('accepts at once what nobody subscribes to, and nothing at all', async () => {
  const { bus, subscribe } = opened();
  const unheard = follow(bus.publish('events', events(3)));
  await settle();
  await subscribe(() => new Promise(() => {}));
  const empty = follow(bus.publish('events', []));
  await settle();
  expect([unheard.now, empty.now]).toEqual(['done', 'done']);
});

it('makes one batch of what is published while another is in hand, up to batchMax', async () => {
  const done: BatchDone[] = [];
  const { bus, subscribe } = opened({ onBatch: (batch) => done.push(batch) });
  const handler = held();
  await subscribe(handler.handle, 'only', 5);
  const first = bus.publish('events', events(1));
  await settle();
  const rest = [bus.publish('events', events(3)), bus.publish('events', events(4))];
  await settle();
  handler.letGo();
  await Promise.all([first, ...rest]);
  expect(handler.batches).toEqual([1, 5, 2]);
  expect(done.map(({ topic, group, size }) => [topic, group, size])).toEqual([
    ['events', 'only', 1],
    ['events', 'only', 5],
    ['events', 'only', 2],
  ]);
});

it('lets a handler publish to the next topic and the next, and resolves when all have handled', async () => {
  const { bus, subscribe } = opened();
  const seen: string[] = [];
  await bus.subscribe({ topic: 'verdicts', group: 'plan', batchMax: 10, handle: async () => (seen.push('plan'), []) });
  await subscribe(async (batch) => {
    await bus.publish('verdicts', [aVerdict({}, anEvent())]);
    seen.push(`judged ${batch.length}`);
    return [];
  });
  await bus.publish('events', events(2));
  expect(seen).toEqual(['plan', 'judged 2']);
});

it('refuses a publish that would lead a handler back to itself', async () => {
  const { bus, subscribe, letters } = opened();
  const refused: unknown[] = [];
  const publishBack: Handle<'verdicts'> = async () => {
    await bus.publish('events', events(1)).catch((error: unknown) => refused.push(error));
    return [];
  };
  await bus.subscribe({ topic: 'verdicts', group: 'plan', batchMax: 10, handle: publishBack });
  await subscribe(async () => {
    await bus.publish('verdicts', [aVerdict()]);
    return [];
  });
  await bus.publish('events', events(1));
  expect(refused).toMatchObject([{ code: 'busCycle', retry: 'never', message: expect.stringContaining('verdicts') }]);
  await expect(bus.publish('events', events(1))).resolves.toBeUndefined();
  expect(letters).toEqual([]);
});

it('counts what a handler starts and leaves behind as no part of it', async () => {
  const { bus, subscribe } = opened();
  let later: Promise<void> = Promise.resolve();
  let rounds = 0;
  await subscribe(async () => {
    rounds += 1;
    if (rounds === 1) later = settle().then(() => bus.publish('events', events(1)));
    return [];
  });
  await bus.publish('events', events(1));
  await later;
  expect(rounds).toBe(2);
});

it('gives records back with `later` at the deadline, and takes what waits out of the queue', async () => {
  const { bus, clock, subscribe } = opened();
  const handler = held();
  await subscribe(handler.handle, 'only', 2);
  const first = follow(bus.publish('events', events(2)));
  await clock.advance(DEADLINE_MS / 2);
  const second = bus.publish('events', events(3));
  const third = follow(second);
  await clock.advance(DEADLINE_MS / 2);
  expect([first.now, third.now]).toEqual(['busDeadline', 'open']);
  await clock.advance(DEADLINE_MS / 2);
  await expect(second).rejects.toMatchObject({ code: 'busDeadline', retry: 'later' });
  handler.letGo();
  await settle();
  expect(handler.batches).toEqual([2]);
});

it("gives events of a group's own topic to whoever handles the shared one: within a process they are one", async () => {
  const { bus, subscribe } = opened();
  const handled: string[] = [];
  await subscribe((batch) => {
    handled.push(...batch.map(({ id }) => id));
    return Promise.resolve([]);
  });
  const [event] = events(1);
  await bus.publish(`events.g.${event?.groupId}`, [event as ChatEvent]);
  expect(handled).toEqual([event?.id]);
});
