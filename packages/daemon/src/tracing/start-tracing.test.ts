import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { hashId, rootTraceparent } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '../log/logger.ts';
import { startTracing, type Tracing } from './start-tracing.ts';
import type { TracingOptions } from './tracing-options.ts';

const SERVICE = { name: 'bot', version: '1.2.3', environment: 'test', node: { name: 'node-1' } };
const EVENT = '0123456789abcdef0123456789abcdef';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let stop: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const one of stop.reverse()) await one();
  stop = [];
});

/** A collector that answers with `status`. */
async function collector(status = 200): Promise<{ url: string; received: Received[]; server: Server }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: gunzipSync(Buffer.concat(chunks)) });
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, server };
}

async function started(over: Partial<TracingOptions>) {
  const lines: { level: string; message: string }[] = [];
  const destination = { write: (line: string) => void lines.push(toLine(line)) };
  const log = createLogger({ service: SERVICE, level: 'info', destination });
  const registry = new Registry();
  const clock = manualClock();
  const tracing = await startTracing({ service: SERVICE, ratio: 1, log, registry, clock, ...over });
  stop.push(tracing.stop);
  return { tracing, lines, registry, clock };
}

function toLine(line: string) {
  const { log, message } = JSON.parse(line) as { log: { level: string }; message: string };
  return { level: log.level, message };
}

const valueOf = async (registry: Registry, name: string) => (await registry.getSingleMetric(name)?.get())?.values ?? [];

/** Flushes by stopping. */
async function recordAndStop(tracing: Tracing): Promise<void> {
  await tracing.selfTest;
  tracing.tracer.record({ name: 'receive update', traceparent: rootTraceparent(EVENT), startedAt: 1 });
  await tracing.stop();
}

it('proves at the start that spans arrive, with the headers given, and says so', async () => {
  const { url, received } = await collector();
  const { tracing, lines, registry } = await started({ endpoint: url, headers: { 'x-api-key': 'secret' } });
  expect(await tracing.selfTest).toEqual({ ok: true });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    path: '/v1/traces',
    headers: { 'x-api-key': 'secret', 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
  });
  expect(received[0]?.body.includes('tracing self-test')).toBe(true);
  expect(lines).toEqual([{ level: 'info', message: 'tracing: the self-test span arrived; 100 % of traces are kept' }]);
  expect(await valueOf(registry, 'chatwarden_tracing_up')).toEqual([{ labels: {}, value: 1 }]);
});

it('exports what was recorded, under the ids that the event carries', async () => {
  const { url, received } = await collector();
  const { tracing, registry } = await started({ endpoint: Promise.resolve(`${url}/`) });
  await recordAndStop(tracing);
  const body = received.at(-1)?.body;
  expect(body?.includes('receive update')).toBe(true);
  expect(body?.includes(Buffer.from(EVENT, 'hex'))).toBe(true);
  expect(await valueOf(registry, 'chatwarden_tracing_spans_total')).toEqual([
    { labels: { fate: 'exported' }, value: 2 },
  ]);
});

it('says once what is wrong when spans are refused, and does not fail when it stops', async () => {
  const { url } = await collector(401);
  const { tracing, lines, registry } = await started({ endpoint: url });
  expect(await tracing.selfTest).toMatchObject({ ok: false });
  await recordAndStop(tracing);
  expect(lines.map((line) => line.level)).toEqual(['warn', 'warn']);
  expect(lines[0]?.message).toMatch(/^tracing: spans do not arrive: .*Unauthorized/);
  expect(lines[1]?.message).toMatch(/^tracing: the last spans were not delivered/);
  expect(await valueOf(registry, 'chatwarden_tracing_up')).toEqual([{ labels: {}, value: 0 }]);
  expect(await valueOf(registry, 'chatwarden_tracing_spans_total')).toEqual([{ labels: { fate: 'failed' }, value: 2 }]);
});

it('tests itself again until spans arrive, and then says so', async () => {
  const { url, received, server } = await collector(400);
  const { tracing, lines, clock } = await started({ endpoint: url });
  expect(await tracing.selfTest).toMatchObject({ ok: false });
  server.removeAllListeners('request');
  const asked = once(server, 'request');
  server.on('request', (request, response) => {
    request.resume().on('end', () => response.end());
  });
  await clock.advance(30_000);
  await asked;
  await tracing.stop();
  expect(received).toHaveLength(1);
  expect(lines.at(-1)).toEqual({ level: 'info', message: 'tracing: spans arrive again' });
});

it('says what is wrong with an address that is none', async () => {
  const { tracing } = await started({ endpoint: 'nowhere' });
  expect(await tracing.selfTest).toEqual({ ok: false, reason: 'Invalid URL' });
});

it('keeps the share of traces that it was told to, chosen by the trace id', async () => {
  const { url } = await collector();
  const { tracing } = await started({ endpoint: url, ratio: 0.5 });
  const again = await started({ endpoint: url, ratio: 0.5 });
  const all = Array.from({ length: 400 }, (_, i) => rootTraceparent(hashId('event', i)));
  const kept = all.filter((traceparent) => tracing.tracer.keeps(traceparent));
  expect(kept.length).toBeGreaterThan(100);
  expect(kept.length).toBeLessThan(300);
  expect(all.filter((traceparent) => again.tracing.tracer.keeps(traceparent))).toEqual(kept);
});

it.each([{ ratio: 1 }, { ratio: 0, endpoint: 'http://127.0.0.1:1' }])('is off with %j', async (options) => {
  const { tracing, lines } = await started(options);
  expect(tracing.tracer.keeps(rootTraceparent(EVENT))).toBe(false);
  expect(await tracing.selfTest).toEqual({ ok: false, reason: 'tracing is off' });
  expect(lines).toEqual([]);
});
