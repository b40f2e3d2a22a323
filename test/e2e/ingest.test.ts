/** Standalone as the door for what other programs have to say. */
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from './a-community.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

const post = (url: string, type: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

test('logs and spans of other programs are kept beside our own', async () => {
  const { ingestUrl, healthUrl, logStore, spanStore } = await startApp();
  const sentAt = new Date();
  const event = { '@timestamp': sentAt.toISOString(), message: 'order 42 was paid', service: { name: 'shop' } };
  const answer = await post(`${ingestUrl}/ingest`, 'application/x-ndjson', event);
  expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1, duplicates: 0 }]);
  expect((await logStore.search({ text: 'paid', limit: 5 })).events).toMatchObject([event]);

  const at = `${BigInt(sentAt.getTime()) * 1_000_000n}`;
  const ids = { traceId: TRACE_ID, spanId: TRACE_ID.slice(16) };
  const span = { ...ids, name: 'pay', kind: 2, startTimeUnixNano: at, endTimeUnixNano: at };
  const spans = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect((await post(`${ingestUrl}/v1/traces`, 'application/json', spans)).status).toBe(200);
  expect(await spanStore.spansOf(TRACE_ID)).toMatchObject([{ ...ids, name: 'pay' }]);

  const ready = (await (await fetch(`${healthUrl}/readyz`)).json()) as { conditions: { name: string }[] };
  expect(ready.conditions.map(({ name }) => name)).toContain('accepting');
});

test('a busy port for logs says which variable to set, traced or not', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  for (const TRACE_RATIO of ['0', '1']) {
    await expect(startApp({ INGEST_PORT: String(port), TRACE_RATIO })).rejects.toThrow(`set INGEST_PORT`);
  }
});
