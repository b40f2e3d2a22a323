/** From the SDK of a process over a real connection into a real store, and back by the id of the trace. */
import { gzipSync } from 'node:zlib';
import { childTraceparent, hashId, rootTraceparent, traceOf, type Service } from '@chatwarden/contracts';
import { silentLogger, startTracing, systemClock } from '@chatwarden/daemon';
import { createPostgresSpanStore, type SpanStore } from '@chatwarden/logstore';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { createTestDatabase, type TestDatabase } from '@chatwarden/testkit/postgres';
import Fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProblemError } from '../problems/problem.ts';
import { traceRoutes, TRACES_PATH } from './trace-routes.ts';

const SERVICE: Service = { name: 'bot', version: '1.2.3', environment: 'test', node: { name: 'node-1' } };
const REFUSED = new ProblemError({ code: 'unauthorized', status: 401, title: 'The API key is not known' });
const KEY = { authorization: 'Bearer cwi_test' };

let database: TestDatabase;
let store: PostgresStore;
let spanStore: SpanStore;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  const clock = systemClock();
  database = await createTestDatabase();
  store = await openStore({ url: database.url, clock });
  spanStore = createPostgresSpanStore({ sql: store.sql, clock, keepDays: 7 });
  app = Fastify();
  const admit = ({ headers }: { headers: Record<string, unknown> }) => {
    if (headers['authorization'] !== KEY.authorization) throw REFUSED;
  };
  const holding = <T>(_bytes: number, work: () => Promise<T>) => work();
  const registry = new Registry();
  const log = silentLogger();
  void app.register(traceRoutes({ spanStore, admit, holding, requestBytesMax: 1024 * 1024, log, registry }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  await store.close();
  await database.drop();
});

const traced = (headers: Record<string, string>) =>
  startTracing({ service: SERVICE, endpoint: url, headers, ratio: 1, log: silentLogger(), registry: new Registry() });

it('finds the spans of an event by its id, with the ids that its records carry', async () => {
  const { tracer, selfTest, stop } = await traced(KEY);
  expect(await selfTest).toEqual({ ok: true });
  const event = hashId('event', 'arrives');
  const root = rootTraceparent(event);
  const verdict = childTraceparent(root);
  const at = Date.now();
  tracer.record({
    name: 'judge',
    parent: root,
    traceparent: verdict,
    startedAt: at + 5.25,
    endedAt: at + 6,
    kind: 'consumer',
  });
  tracer.record({
    name: 'receive update',
    traceparent: root,
    startedAt: at,
    endedAt: at + 10,
    attributes: { kind: 'MessagePosted' },
  });
  tracer.record({
    name: 'plan',
    parent: verdict,
    startedAt: at + 7,
    endedAt: at + 8,
    error: new RangeError('no text'),
  });
  await stop();

  const spans = await spanStore.spansOf(event);
  expect(spans.map((span) => [span.name, span.spanId, span.parentSpanId])).toEqual([
    ['receive update', event.slice(16), ''],
    ['judge', traceOf(verdict).spanId, event.slice(16)],
    ['plan', expect.stringMatching(/^[0-9a-f]{16}$/), traceOf(verdict).spanId],
  ]);
  expect(spans[0]).toMatchObject({
    serviceName: 'bot',
    kind: 'SPAN_KIND_INTERNAL',
    startTime: `${new Date(at).toISOString().slice(0, -1)}000000Z`,
    durationInNanos: 10_000_000,
    attributes: { kind: 'MessagePosted' },
    instrumentationScope: { name: 'chatwarden' },
    resource: {
      attributes: {
        'service.name': 'bot',
        'service.version': '1.2.3',
        'service.instance.id': 'node-1',
        'deployment.environment.name': 'test',
      },
    },
  });
  expect(spans.map((span) => span.traceGroup)).toEqual(Array(3).fill('receive update'));
  expect(spans[1]).toMatchObject({ kind: 'SPAN_KIND_CONSUMER', durationInNanos: 750_000 });
  expect(spans[2]).toMatchObject({
    status: { code: 2, message: 'RangeError' },
    attributes: { 'error.type': 'RangeError' },
  });
});

it('has a span once that is told again', async () => {
  const event = hashId('event', 'again');
  for (let i = 0; i < 2; i += 1) {
    const { tracer, stop } = await traced(KEY);
    tracer.record({ name: 'receive update', traceparent: rootTraceparent(event), startedAt: Date.now() });
    tracer.record({ name: 'plan', parent: rootTraceparent(event), startedAt: Date.now() });
    await stop();
  }
  expect((await spanStore.spansOf(event)).map((span) => span.name)).toEqual(['receive update', 'plan']);
});

it('says at the start that its key is refused', async () => {
  const { selfTest, stop } = await traced({ authorization: 'Bearer other' });
  expect(await selfTest).toMatchObject({ ok: false, reason: expect.stringContaining('Unauthorized') as string });
  await stop();
});

it('takes spans of others in JSON', async () => {
  const traceId = hashId('trace', 'json');
  const at = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: traceId.slice(16),
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: `${at}`,
    endTimeUnixNano: `${at + 1n}`,
  };
  const bad = { ...span, traceId: '' };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span, bad] }] }] });
  const headers = { ...KEY, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const answer = await fetch(url + TRACES_PATH, { method: 'POST', headers, body: gzipSync(body) });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
  expect(await spanStore.spansOf(traceId)).toMatchObject([
    { name: 'GET /', serviceName: 'shop', kind: 'SPAN_KIND_SERVER', traceGroup: 'GET /', durationInNanos: 1 },
  ]);
});
