import { createTracer, type EmittedSpan } from '@chatwarden/daemon';
import type { ItemOutcome, SpanDocument, SpanStore } from '@chatwarden/logstore';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { expect, it } from 'vitest';
import { aDoor, aDurable, call, NDJSON, ndjson } from './a-door.ts';

const SPAN = {
  traceId: '0123456789abcdef0123456789abcdef',
  spanId: 'aaaaaaaaaaaaaaaa',
  name: 'judge',
  startTimeUnixNano: '1795521600000000001',
  endTimeUnixNano: '1795521600000000002',
};
const REQUEST = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] });

function aSpanStore() {
  const written: SpanDocument[] = [];
  const spanStore: SpanStore = {
    writeSpans: (spans) => {
      written.push(...spans);
      return Promise.resolve(spans.map(({ spanId }): ItemOutcome => ({ id: spanId, result: 'created' })));
    },
    spansOf: () => Promise.resolve([]),
    dropOldSpans: () => Promise.resolve([]),
  };
  return { spanStore, written };
}

const exported = (over: object = {}) => ({
  method: 'POST' as const,
  url: '/v1/traces',
  payload: REQUEST,
  ...over,
  headers: { 'content-type': 'application/json', ...(over as { headers?: object }).headers },
});

it('takes spans where there is a store for them, and describes the door', async () => {
  const { spanStore, written } = aSpanStore();
  const door = await aDoor({ spanStore });
  expect((await call(door, exported())).status).toBe(200);
  expect(written.map((span) => span.name)).toEqual(['judge']);
  const description = (await call(door, { url: '/openapi.json' })).json();
  expect(description).toHaveProperty(['paths', '/v1/traces', 'post', 'operationId'], 'exportTraces');
});

it('asks who sends, as for events', async () => {
  const { spanStore, written } = aSpanStore();
  const door = await aDoor({ spanStore });
  const answer = await call(door, exported({ headers: { origin: 'https://elsewhere.example' } }));
  expect(answer.status).toBe(403);
  expect(answer.json()).toEqual({
    code: 7,
    message: expect.stringContaining('only programs on this machine') as string,
  });
  expect(written).toEqual([]);
});

it('has no such door without a store for spans', async () => {
  expect((await call(await aDoor(), exported())).status).toBe(404);
});

it('tells that documents were accepted, in the trace that they name', async () => {
  const spans: EmittedSpan[] = [];
  const tracer = createTracer({ now: () => 1, keepsTrace: () => true, emit: (span) => void spans.push(span) });
  const door = await aDoor({ durable: aDurable().durable, tracer });
  const document = { ...aVerdictEvent(), trace: { id: SPAN.traceId }, span: { id: SPAN.spanId } };
  const payload = ndjson({ ...document, event: { ...document.event, dataset: 'test' } });
  const answer = await call(door, { method: 'POST', url: '/ingest', payload, headers: NDJSON });
  expect(answer.status).toBe(202);
  expect(spans).toMatchObject([{ name: 'accept', traceId: SPAN.traceId, parentSpanId: SPAN.spanId }]);
});
