import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { aServer, anInformer, failure, object } from '../../test/informer-world.ts';
import { pass, until } from '../../test/turns.ts';
import { KubeError, type KubeObject } from '../index.ts';

describe('an informer', () => {
  it('lists, then watches from there, and shows what it has', async () => {
    const server = aServer();
    server.lists.push([object('a', '90')]);
    const { informer, calls, changes, feed, watches } = anInformer({}, server);
    expect(informer.hasSynced()).toBe(false);
    await informer.synced();
    expect(informer.hasSynced()).toBe(true);
    feed({ type: 'ADDED', object: object('b', '101') }, { type: 'MODIFIED', object: object('a', '102') });
    feed({ type: 'DELETED', object: object('b', '103') });
    await until(() => changes.length === 4);
    expect(changes).toEqual(['added a', 'added b', 'modified a', 'deleted b']);
    expect(calls).toEqual(['list *', 'watch 100']);
    expect(informer.get('home', 'a')?.metadata.resourceVersion).toBe('102');
    expect(informer.get('home', 'b')).toBeUndefined();
    expect(watches[0]).toMatchObject({ timeoutSeconds: 20, inactivityMs: 23_000 });
  });

  it('goes on from the last thing heard, bookmarks included, when the server ends a watch', async () => {
    const { informer, calls, feed, clock, log } = anInformer();
    await informer.synced();
    feed({ type: 'ADDED', object: object('a', '101') }, 'end');
    await until(() => calls.length === 3);
    feed({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '500' } } }, 'end');
    await until(() => calls.length === 4);
    await clock.advance(20_000);
    feed('end');
    await until(() => calls.length === 5);
    expect(calls).toEqual(['list *', 'watch 100', 'watch 101', 'watch 500', 'watch 500']);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['as a status or an event', failure(410, 'Expired')],
    ['by another name', failure(0, 'Gone')],
    ['behind an answer that nobody can read', failure(0, 'BadAnswer')],
    ['behind an error that nobody foresaw', new TypeError('odd')],
  ])('lists anew when its place is forgotten %s, and tells what it missed', async (_how, error) => {
    const server = aServer();
    server.lists.push([object('a', '90'), object('b', '90')], [object('b', '90'), object('c', '95')]);
    const { informer, calls, feed, clock, changes } = anInformer({}, server);
    await informer.synced();
    feed(error);
    await until(() => clock.sleeping() === 1);
    await clock.advance(800);
    await until(() => calls.length === 4);
    expect(calls).toEqual(['list *', 'watch 100', 'list *', 'watch 100']);
    expect(changes).toEqual(['added a', 'added b', 'deleted a', 'added c']);
  });

  it('waits longer after each failure, at most 10 s, and never gives up', async () => {
    const server = aServer();
    server.lists.push(failure(500, 'InternalError'));
    const { calls, clock, log, informer } = anInformer({}, server);
    for (const waitMs of [800, 1600, 3200, 6400, 10_000, 10_000]) {
      await until(() => clock.sleeping() === 1);
      const before = calls.length;
      await clock.advance(waitMs - 1);
      expect(calls).toHaveLength(before);
      await clock.advance(1);
    }
    expect(log.lines[0]).toBe('watching again: InternalError');
    server.lists.splice(0, 1, []);
    await until(() => clock.sleeping() === 1);
    await clock.advance(10_000);
    await informer.synced();
    expect(calls.at(-1)).toMatch('watch');
  });

  it('waits as long as the server asks', async () => {
    const server = aServer();
    server.lists.push(new KubeError({ status: 429, reason: 'TooManyRequests', message: '', retryAfterMs: 90_000 }), []);
    const { calls, clock, informer } = anInformer({}, server);
    await until(() => clock.sleeping() === 1);
    await clock.advance(89_999);
    expect(calls).toHaveLength(1);
    await clock.advance(1);
    await informer.synced();
    expect(calls).toHaveLength(3);
  });

  it('goes on from its place after a broken connection, but suspects it when nothing else helps', async () => {
    const { informer, calls, feed, clock } = anInformer();
    await informer.synced();
    for (let failures = 1; failures <= 4; failures += 1) {
      feed(failure(0, 'Unreachable'));
      await until(() => clock.sleeping() === 1);
      await pass(clock, 6400);
      await until(() => clock.sleeping() === 0);
    }
    await until(() => calls.length === 7);
    expect(calls).toEqual(['list *', ...Array<string>(4).fill('watch 100'), 'list *', 'watch 100']);
  });

  it('goes on from its place after silence, and lists only when nothing was heard for ten minutes', async () => {
    const { informer, calls, feed, clock, log } = anInformer();
    await informer.synced();
    for (let silences = 1; silences <= 25; silences += 1) {
      feed(failure(0, 'Inactive'));
      await until(() => clock.sleeping() === 1);
      await clock.advance(800);
      await until(() => clock.sleeping() === 0);
    }
    await until(() => calls.length === 28);
    const again = Array<string>(23).fill('watch 100');
    expect(calls).toEqual(['list *', 'watch 100', ...again, 'list *', 'watch 100', 'watch 100']);
    expect(log.lines).toHaveLength(5);
  });

  it('gives a list all its time only when the first try of it was late', async () => {
    const server = aServer();
    server.lists.push(failure(0, 'Timeout'), failure(500, 'InternalError'), []);
    const { informer, clock, listed } = anInformer({}, server);
    for (const waitMs of [800, 1600]) {
      await until(() => clock.sleeping() === 1);
      await clock.advance(waitMs);
    }
    await informer.synced();
    expect(listed.map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, undefined, 20_000]);
  });

  it('does not hammer a server that ends every watch at once', async () => {
    const { informer, calls, feed, clock, log } = anInformer();
    await informer.synced();
    feed('end');
    await until(() => clock.sleeping() === 1);
    expect(calls).toHaveLength(2);
    expect(log.lines).toEqual(['watching again: the watch of configmaps ended at once']);
  });

  it('keeps a handler’s error from the others and from itself', async () => {
    const registry = new Registry();
    const { informer, feed, changes, log } = anInformer({ registry });
    informer.onChange(() => {
      throw new Error('clumsy');
    });
    informer.onChange(() => Promise.reject(new Error('late')));
    await informer.synced();
    feed({ type: 'ADDED', object: object('a', '101') }, { type: 'ADDED', object: object('b', '102') });
    await until(() => log.lines.length === 4);
    expect(changes).toEqual(['added a', 'added b']);
    expect(log.lines[0]).toBe('a handler failed on an object that was added');
    expect(await registry.metrics()).toContain('informer_handler_errors_total{name="configmaps"} 4');
  });

  it('tells a late handler what is there', async () => {
    const server = aServer();
    server.lists.push([object('a', '90')]);
    const { informer } = anInformer({}, server);
    await informer.synced();
    const late: string[] = [];
    informer.onChange(({ type, object: { metadata } }) => late.push(`${type} ${metadata.name}`));
    expect(late).toEqual(['added a']);
  });

  it('keeps several namespaces apart, and has synced when all have', async () => {
    const server = aServer();
    server.lists.push([object('a', '90', 'north'), object('a', '91', 'south')]);
    const { informer, calls } = anInformer({ namespaces: ['north', 'south'] }, server);
    await informer.synced(new AbortController().signal);
    expect(calls.toSorted()).toEqual(['list north', 'list south', 'watch 100', 'watch 100']);
    expect(informer.get('south', 'a')?.metadata.resourceVersion).toBe('91');
    expect(informer.get(undefined, 'a')).toBeUndefined();
    expect(informer.list('north')).toHaveLength(1);
    expect(informer.list()).toHaveLength(2);
  });

  it('drops managedFields and what else is not wanted', async () => {
    const server = aServer();
    const heavy = object('a', '90');
    Object.assign(heavy.metadata, { managedFields: [{ manager: 'x' }], annotations: { long: 'x' } });
    server.lists.push([heavy]);
    const trim = (full: KubeObject) => {
      delete full.metadata.annotations;
      return full;
    };
    const { informer } = anInformer({ trim }, server);
    await informer.synced();
    expect(informer.list()).toEqual([object('a', '90')]);
    expect(heavy.metadata.annotations).toBeDefined();
  });

  it('says how long it has heard nothing, in metrics too', async () => {
    const registry = new Registry();
    const server = aServer();
    server.lists.push([object('a', '90')]);
    const { informer, clock, feed } = anInformer({ registry, name: 'mine' }, server);
    await informer.synced();
    await clock.advance(30_000);
    expect(informer.lastEventAgeMs()).toBe(30_000);
    const text = await registry.metrics();
    expect(text).toContain('watch_last_event_age_seconds{name="mine"} 30');
    expect(text).toContain('informer_objects{name="mine"} 1');
    expect(text).toContain('reflector_lists_total{name="mine"} 1');
    expect(text).toContain('reflector_watches_total{name="mine"} 1');
    feed({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '500' } } });
    await until(() => informer.lastEventAgeMs() === 0);
  });

  it('does not wait for a cache that nobody wants any more', async () => {
    const server = aServer();
    server.lists.push(failure(500, 'InternalError'));
    const { informer } = anInformer({}, server);
    const enough = new AbortController();
    const synced = informer.synced(enough.signal);
    enough.abort();
    await synced;
    expect(informer.hasSynced()).toBe(false);
    await informer.synced(enough.signal);
  });
});
