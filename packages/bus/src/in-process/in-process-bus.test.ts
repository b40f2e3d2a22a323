/** What only the in-process adapter promises; the rest is in contract/bus.suite.ts. */
import { Failure, type ChatEvent, type DeadLetter } from '@chatwarden/contracts';
import { anEvent, aVerdict, manualClock } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import type { Handle } from '../bus.ts';
import type { BatchDone } from './group-queue.ts';
import { createInProcessBus, type InProcessBusOptions } from './in-process-bus.ts';

const DEADLINE_MS = 10_000;
const GRACE_MS = 1000;
const away = () => new Failure('postgresAway', 'later', { message: 'PostgreSQL is away' });
const nothing = () => Promise.resolve([]);
const events = (count: number): ChatEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ message: { messageId: index + 1 } }));
/** Lets everything run that needs no clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function opened(over: Partial<InProcessBusOptions> = {}) {
  const clock = manualClock();
  const letters: DeadLetter[] = [];
  const deadLetters = { put: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const bus = createInProcessBus({ clock, deadLetters, deadlineMs: DEADLINE_MS, closeGraceMs: GRACE_MS, ...over });
  const subscribe = (handle: Handle<'events'>, group = 'only', batchMax = 100) =>
    bus.subscribe({ topic: 'events', group, batchMax, handle });
  return { bus, clock, letters, subscribe };
}

/** Follows a promise: how it ended, or 'open'. */
function follow(promise: Promise<void>) {
  const state = { now: 'open' };
  promise.then(
    () => (state.now = 'done'),
    (error: Failure) => (state.now = error.code),
  );
  return state;
}

/** A handler that stays at work until it is let go. */
function held() {
  const gate = Promise.withResolvers<readonly []>();
  const batches: number[] = [];
  const handle: Handle<'events'> = (batch) => {
    batches.push(batch.length);
    return gate.promise;
  };
  return { handle, batches, letGo: () => gate.resolve([]) };
}

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

it('stops trying records that nobody waits for any more, and goes on with the next', async () => {
  const { bus, clock, subscribe, letters } = opened();
  let isAway = true;
  const handled: number[] = [];
  await subscribe((batch) => {
    if (isAway) return Promise.reject(away());
    handled.push(batch.length);
    return nothing();
  });
  const first = follow(bus.publish('events', events(2)));
  for (let waited = 0; waited < DEADLINE_MS; waited += 500) await clock.advance(500);
  expect(first.now).toBe('busDeadline');
  const second = follow(bus.publish('events', events(3)));
  isAway = false;
  await clock.advance(5000);
  expect(second.now).toBe('done');
  expect(handled).toEqual([3]);
  expect(letters).toEqual([]);
});

it('waits for dead letters that cannot be written, without handling the records again', async () => {
  let broken = true;
  const letters: DeadLetter[] = [];
  const put = async (more: readonly DeadLetter[]) => {
    if (broken) throw away();
    letters.push(...more);
  };
  const { bus, clock, subscribe } = opened({ deadLetters: { put } });
  let calls = 0;
  await subscribe((batch) => {
    calls += 1;
    return Promise.resolve(batch.map(({ id }) => ({ id, reason: 'no such chat' })));
  });
  const publish = follow(bus.publish('events', events(1)));
  await clock.advance(200);
  expect(publish.now).toBe('open');
  broken = false;
  await clock.advance(400);
  expect([publish.now, letters.length, calls]).toEqual(['done', 1, 1]);
});

it('gives a record back when its dead letter cannot be written in time', async () => {
  const { bus, clock, subscribe } = opened({ deadLetters: { put: () => Promise.reject(away()) } });
  await subscribe(() => Promise.reject(new Failure('broken', 'never', { message: 'cannot be read' })));
  const publish = follow(bus.publish('events', events(2)));
  for (let waited = 0; waited <= DEADLINE_MS; waited += 500) await clock.advance(500);
  expect(publish.now).toBe('busDeadline');
});

it('tries a batch three times before it looks at each record', async () => {
  const { bus, clock, subscribe, letters } = opened();
  const tried: number[] = [];
  await subscribe((batch) => {
    tried.push(batch.length);
    return Promise.reject(new TypeError(`quoting ${batch[0]?.id}`));
  });
  const publish = follow(bus.publish('events', events(2)));
  for (let waited = 0; waited < 10; waited += 1) await clock.advance(100);
  expect(publish.now).toBe('done');
  expect(tried).toEqual([2, 2, 2, 1, 1]);
  expect(letters.map(({ reason }) => reason)).toEqual(['unexpected: TypeError', 'unexpected: TypeError']);
});

it('says why a record died and why others wait', async () => {
  const said: string[] = [];
  const say = (_fields: object, message: string) => void said.push(message);
  const { bus, clock, subscribe, letters } = opened({ log: { warn: say, error: say } });
  const failures = [away(), new Failure('broken', 'never', { message: 'cannot be read' })];
  await subscribe(() => Promise.reject(failures.shift() ?? away()));
  const publish = follow(bus.publish('events', events(1)));
  await settle();
  await clock.advance(200);
  expect(publish.now).toBe('done');
  expect(said).toEqual(['records wait: PostgreSQL is away', expect.stringContaining('dead letters')]);
  expect(letters).toMatchObject([{ reason: 'broken: cannot be read' }]);
});

it('brings what a leaving member could not handle to another one, in order', async () => {
  const { bus, subscribe } = opened();
  const leaving = await subscribe(() => Promise.reject(away()));
  const publish = follow(bus.publish('events', events(2)));
  await settle();
  await leaving.close();
  const handled: number[] = [];
  await subscribe(
    async (batch) => (handled.push(...batch.map((event) => ('message' in event ? event.message.messageId : 0))), []),
  );
  await settle();
  expect(publish.now).toBe('done');
  expect(handled).toEqual([1, 2]);
});

it('lets a member finish its batch before it leaves', async () => {
  const { bus, subscribe } = opened();
  const handler = held();
  const subscription = await subscribe(handler.handle);
  const publish = follow(bus.publish('events', events(1)));
  await settle();
  const left = follow(subscription.close());
  await settle();
  expect(left.now).toBe('open');
  handler.letGo();
  await settle();
  expect([left.now, publish.now]).toEqual(['done', 'done']);
});

it('closes when the batch in hand is handled, with what it publishes, and gives back what waits', async () => {
  const { bus, subscribe } = opened();
  const gate = Promise.withResolvers<void>();
  const seen: string[] = [];
  await bus.subscribe({ topic: 'verdicts', group: 'plan', batchMax: 10, handle: async () => (seen.push('plan'), []) });
  await subscribe(async () => {
    await gate.promise;
    await bus.publish('verdicts', [aVerdict()]);
    return [];
  });
  const inHand = follow(bus.publish('events', events(1)));
  await settle();
  const waiting = follow(bus.publish('events', events(1)));
  const closed = follow(bus.close());
  await settle();
  expect([inHand.now, waiting.now, closed.now]).toEqual(['open', 'busClosed', 'open']);
  gate.resolve();
  await settle();
  expect([inHand.now, closed.now, seen]).toEqual(['done', 'done', ['plan']]);
});

it('does not wait for a dependency that is away once it closes', async () => {
  const { bus, subscribe } = opened();
  await subscribe(() => Promise.reject(away()));
  const publish = follow(bus.publish('events', events(1)));
  await settle();
  await bus.close();
  expect(publish.now).toBe('busClosed');
});

it('aborts the signal of handlers that are still at work after the grace', async () => {
  const { bus, clock, subscribe } = opened();
  await subscribe(
    (_batch, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(away()))),
  );
  const publish = follow(bus.publish('events', events(1)));
  await settle();
  const closed = follow(bus.close());
  await clock.advance(GRACE_MS - 1);
  expect(closed.now).toBe('open');
  await clock.advance(1);
  await settle();
  expect([closed.now, publish.now]).toEqual(['done', 'busClosed']);
});
