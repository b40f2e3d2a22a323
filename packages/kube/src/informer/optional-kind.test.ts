import { describe, expect, it } from 'vitest';
import { aServer, anInformer, failure, object } from '../../test/informer-world.ts';
import { until } from '../../test/turns.ts';

const MINUTE_MS = 60_000;

function ofAKindThatMayLack(isServed: boolean) {
  const server = aServer();
  server.serve(isServed);
  server.lists.push([object('a', '90')]);
  const world = anInformer({ optional: true }, server);
  const told: boolean[] = [];
  world.informer.onServed((served) => told.push(served));
  return { ...world, told };
}

describe('an informer of a kind that the cluster may lack', () => {
  it('has synced when the kind is not there, asks each minute, and begins when it has come', async () => {
    const { informer, calls, clock, changes, log, serve, told } = ofAKindThatMayLack(false);
    await informer.synced();
    expect(informer.isServed()).toBe(false);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await until(() => clock.sleeping() === 1);
      await clock.advance(MINUTE_MS);
    }
    await until(() => calls.length === 4);
    expect(informer.lastEventAgeMs()).toBe(0);
    serve(true);
    await until(() => clock.sleeping() === 1);
    await clock.advance(MINUTE_MS);
    await until(() => calls.includes('watch 100'));
    expect(calls).toEqual([...Array<string>(5).fill('serves'), 'list *', 'watch 100']);
    expect(changes).toEqual(['added a']);
    expect([informer.isServed(), told]).toEqual([true, [true]]);
    expect(log.lines).toEqual([
      'the cluster does not know configmaps: waiting for them',
      'the cluster knows configmaps now',
    ]);
  });

  it('empties its cache when the kind goes, says so once, and takes it back', async () => {
    const { informer, clock, changes, log, serve, feed, told } = ofAKindThatMayLack(true);
    await informer.synced();
    expect([informer.isServed(), told]).toEqual([true, []]);
    serve(false);
    feed(failure(404, 'NotFound'));
    for (const waitMs of [800, MINUTE_MS, MINUTE_MS]) {
      await until(() => clock.sleeping() === 1);
      await clock.advance(waitMs);
    }
    await until(() => clock.sleeping() === 1);
    expect([informer.isServed(), informer.list(), told]).toEqual([false, [], [false]]);
    expect(log.lines).toEqual(['watching again: NotFound', 'the cluster does not know configmaps: waiting for them']);
    serve(true);
    await clock.advance(MINUTE_MS);
    await until(() => informer.isServed());
    expect(changes).toEqual(['added a', 'deleted a', 'added a']);
    expect(told).toEqual([false, true]);
  });

  it('takes one that cannot be asked for no news', async () => {
    const { informer, clock, feed, calls, told } = ofAKindThatMayLack(true);
    await informer.synced();
    feed(failure(503, 'ServiceUnavailable'));
    await until(() => clock.sleeping() === 1);
    await clock.advance(800);
    await until(() => calls.length === 4);
    expect(calls).toEqual(['serves', 'list *', 'watch 100', 'watch 100']);
    expect([informer.isServed(), informer.list().length, told]).toEqual([true, 1, []]);
  });

  it('keeps a clumsy handler of that from the others', async () => {
    const { informer, clock, serve, told, log } = ofAKindThatMayLack(false);
    await informer.synced();
    informer.onServed(() => {
      throw new Error('clumsy');
    });
    informer.onServed((served) => told.push(served));
    serve(true);
    await until(() => clock.sleeping() === 1);
    await clock.advance(MINUTE_MS);
    await until(() => log.lines.length === 3);
    expect(told).toEqual([true, true]);
    expect(log.lines.at(-1)).toBe('a handler failed on a kind that came');
  });
});
