import { Failure, type DeadLetter } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { away, DEADLINE_MS, events, follow, nothing, opened, settle } from '../test/an-in-process-bus.ts';

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

it('gives back what is left when the bus closes while it looks at each record', async () => {
  const { bus, subscribe, letters } = opened();
  const [, poison, stuck] = events(4).map(({ id }) => id);
  const handled: string[] = [];
  await subscribe((batch) => {
    const ids = batch.map(({ id }) => id);
    if (poison && ids.includes(poison))
      return Promise.reject(new Failure('broken', 'never', { message: 'unreadable' }));
    if (stuck && ids.includes(stuck)) return Promise.reject(away());
    handled.push(...ids);
    return Promise.resolve([]);
  });
  const publish = follow(bus.publish('events', events(4)));
  await settle();
  await bus.close();
  expect(publish.now).toBe('busClosed');
  expect(handled).toHaveLength(1);
  expect(letters.map(({ recordId }) => recordId)).toEqual([poison]);
});

it('leaves records whose refusal cannot be written to the next start of the process', async () => {
  const { bus, subscribe } = opened({ deadLetters: { put: () => Promise.reject(away()) } });
  await subscribe((batch) => Promise.resolve(batch.map(({ id }) => ({ id, reason: 'no such chat' }))));
  const publish = follow(bus.publish('events', events(2)));
  await settle();
  await bus.close();
  expect(publish.now).toBe('busClosed');
});

it('names the kind of what was thrown when it is no error at all', async () => {
  const { bus, subscribe, letters } = opened({ attempts: 1 });
  await subscribe(() => Promise.reject('a string with words of a message'));
  await bus.publish('events', events(1));
  expect(letters).toMatchObject([{ reason: 'unexpected: string' }]);
});
