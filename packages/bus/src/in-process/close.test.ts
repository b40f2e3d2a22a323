import { aVerdict } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { away, events, follow, GRACE_MS, held, opened, settle } from '../../test/an-in-process-bus.ts';

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
    (_batch, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(away()))),
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
