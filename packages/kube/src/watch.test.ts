import type { ServerResponse } from 'node:http';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { startFakeApi, type FakeApi } from '../test/fake-api.ts';
import { until } from '../test/turns.ts';
import { RESOURCES, type KubeObject, type WatchEvent } from './index.ts';

const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
const named = (name: string) => ({ metadata: { name } });

/** A watch whose server side is in the test's hands. */
async function aWatch(options: { inactivityMs?: number } = {}) {
  const clock = manualClock();
  const api: FakeApi = await startFakeApi(clock);
  const opened = Promise.withResolvers<ServerResponse>();
  api.script((response) => {
    response.writeHead(200);
    response.flushHeaders();
    opened.resolve(response);
  });
  const stop = new AbortController();
  const seen: WatchEvent<KubeObject>[] = [];
  const client = api.client();
  const watching = client.watch(RESOURCES.configmaps, {
    namespace: 'home',
    labelSelector: 'app=x',
    resourceVersion: '5',
    timeoutSeconds: 20,
    inactivityMs: options.inactivityMs ?? 23_000,
    signal: stop.signal,
  });
  const ended = (async () => {
    for await (const told of watching) seen.push(told);
  })();
  ended.catch(() => {});
  return { api, client, clock, stop, seen, ended, server: await opened.promise };
}

describe('a watch', () => {
  it('asks for bookmarks, from where it left off', async () => {
    const { api, server, ended } = await aWatch();
    server.end();
    await ended;
    expect(Object.fromEntries(api.asked[0]?.query ?? [])).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '5',
      timeoutSeconds: '20',
      labelSelector: 'app=x',
    });
  });

  it('tells changes as they come, and ends with the server', async () => {
    const { server, seen, ended } = await aWatch();
    const bytes = Buffer.from(event('ADDED', named('né')) + event('BOOKMARK', { metadata: { resourceVersion: '9' } }));
    const within = bytes.indexOf('é') + 1;
    server.write(bytes.subarray(0, within));
    await new Promise((resolve) => setImmediate(resolve));
    server.write(bytes.subarray(within));
    await until(() => seen.length === 2);
    server.end();
    await ended;
    expect(seen).toEqual([
      { type: 'ADDED', object: named('né') },
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } },
    ]);
  });

  it('ends when its place is forgotten, which comes as an event', async () => {
    const { server, ended } = await aWatch();
    server.write(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' }));
    await expect(ended).rejects.toMatchObject({ status: 410, reason: 'Expired' });
  });

  it.each([
    ['is no JSON', '{"type":\n'],
    ['has a type that nobody knows', event('RENAMED', named('a'))],
    ['is an error without a Status', event('ERROR', named('a'))],
  ])('ends on a line that %s', async (_what, line) => {
    const { server, ended } = await aWatch();
    server.write(line);
    await expect(ended).rejects.toMatchObject({ reason: 'BadAnswer' });
  });

  it('ends when its connection breaks', async () => {
    const { api, ended } = await aWatch();
    api.resetAll();
    await expect(ended).rejects.toMatchObject({ status: 0, reason: 'Unreachable' });
  });

  it('takes silence for a dead connection, and counts from what it last heard', async () => {
    const { clock, server, seen, ended } = await aWatch({ inactivityMs: 1000 });
    await clock.advance(900);
    server.write(event('ADDED', named('a')));
    await until(() => seen.length === 1);
    await clock.advance(900);
    await clock.advance(90);
    server.write(event('ADDED', named('b')));
    await until(() => seen.length === 2);
    await clock.advance(500);
    await clock.advance(500);
    await expect(ended).rejects.toMatchObject({ reason: 'Inactive' });
    expect(clock.sleeping()).toBe(0);
  });

  it('that was silent makes the next requests open new connections', async () => {
    const { api, client, clock, ended } = await aWatch({ inactivityMs: 1000 });
    const other = { method: 'GET', path: '/api/v1/pods' } as const;
    api.script({ body: {} });
    await client.request(other);
    await client.request(other);
    expect(api.connections()).toBe(2);
    await clock.advance(1000);
    await expect(ended).rejects.toMatchObject({ reason: 'Inactive' });
    await client.request(other);
    expect(api.connections()).toBe(3);
  });

  it('is not answered for ever', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    api.script(() => {});
    const { signal } = new AbortController();
    const facts = { resourceVersion: '5', timeoutSeconds: 20, inactivityMs: 1000, signal };
    const first = api.client().watch(RESOURCES.configmaps, facts).next();
    first.catch(() => {});
    await api.until(1);
    await clock.advance(1000);
    await expect(first).rejects.toMatchObject({ reason: 'Timeout' });
  });

  it('ends with the reason of its signal', async () => {
    const { stop, ended, clock } = await aWatch();
    stop.abort(new Error('stopping'));
    await expect(ended).rejects.toThrow('stopping');
    expect(clock.sleeping()).toBe(0);
  });
});
