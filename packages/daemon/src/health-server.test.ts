import { Gauge } from 'prom-client';
import { expect, it, onTestFinished } from 'vitest';
import { startHealthServer, type HealthServerOptions } from './health-server.ts';
import { createMetrics } from './metrics.ts';

async function started(ready: HealthServerOptions['ready'] = () => []) {
  const metrics = createMetrics({ service: { name: 'bot' } });
  const server = await startHealthServer({ port: 0, host: '127.0.0.1', metrics, ready });
  onTestFinished(() => server.close());
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { server, get, metrics };
}

it('is live while it answers', async () => {
  const { get } = await started(() => [{ name: 'database', ok: false }]);
  expect((await get('/livez?verbose')).status).toBe(200);
});

it('is ready when every condition holds', async () => {
  const conditions = [{ name: 'database', ok: true }];
  const { get } = await started(() => Promise.resolve(conditions));
  const answer = await get('/readyz');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ ready: true, conditions });
});

it('says why it is not ready', async () => {
  const conditions = [
    { name: 'database', ok: true },
    { name: 'telegram', ok: false, reason: 'no answer for 30 s' },
  ];
  const { get } = await started(() => conditions);
  const answer = await get('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ready: false, conditions });
});

it('is not ready when it cannot tell', async () => {
  const { get } = await started(() => Promise.reject(new Error('no connection')));
  const answer = await get('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    conditions: [{ name: 'readiness', ok: false, reason: 'no connection' }],
  });
});

it('shows the metrics', async () => {
  const { get, metrics } = await started();
  new Gauge({ name: 'lanes', help: 'lanes at work', registers: [metrics.registry] }).set(3);
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('lanes{service="bot"} 3');
});

it('answers 500 when a metric cannot be read', async () => {
  const { get, metrics } = await started();
  const collect = () => Promise.reject(new Error('cannot count'));
  metrics.registry.registerMetric(new Gauge({ name: 'lanes', help: 'lanes at work', registers: [], collect }));
  const answer = await get('/metrics');
  expect([answer.status, await answer.text()]).toEqual([500, 'cannot count\n']);
});

it('knows nothing else', async () => {
  const { get } = await started();
  expect((await get('/')).status).toBe(404);
  expect((await get('/livez', { method: 'POST' })).status).toBe(404);
});

it('rejects when the port is taken, and closes although a client keeps its connection', async () => {
  const { server, get, metrics } = await started();
  await get('/livez');
  const again = startHealthServer({ port: server.port, host: '127.0.0.1', metrics, ready: () => [] });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await server.close();
  await expect(get('/livez')).rejects.toThrow('fetch failed');
});
