import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kubeconfigFor, startFakeApi } from '../../test/fake-api.ts';
import { until } from '../../test/turns.ts';
import { createKubeClient } from '../index.ts';

const PODS = { method: 'GET', path: '/api/v1/pods' } as const;

/** Takes connections and says nothing, so that TLS never comes about. */
async function startDeafServer() {
  const sockets: { destroy(): void }[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

describe('a new connection', () => {
  it('to nobody who answers is given up after 5 s, however long the request may take', async () => {
    const clock = manualClock();
    const { url, sockets } = await startDeafServer();
    const client = createKubeClient({ access: { kubeconfig: kubeconfigFor(url) }, clock, timeoutMs: 60_000 });
    const failing = client.request(PODS);
    failing.catch(() => {});
    await until(() => sockets.length === 1);
    await clock.advance(4999);
    expect(clock.sleeping()).toBe(2);
    await clock.advance(1);
    await expect(failing).rejects.toMatchObject({ reason: 'Timeout', retry: 'later' });
    expect(clock.sleeping()).toBe(0);
  });

  it('has no limit once it is there', async () => {
    const clock = manualClock();
    const api = await startFakeApi(clock);
    const asked = Promise.withResolvers<() => void>();
    api.script((response) => asked.resolve(() => response.end('{"fine":true}')));
    const asking = api.client().request(PODS);
    const answer = await asked.promise;
    await clock.advance(20_000);
    answer();
    expect(await asking).toEqual({ fine: true });
    expect(clock.sleeping()).toBe(0);
  });
});
