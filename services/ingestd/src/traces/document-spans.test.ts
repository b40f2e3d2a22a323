import { rootTraceparent } from '@chatwarden/contracts';
import { createTracer, NO_TRACING, type EmittedSpan } from '@chatwarden/daemon';
import type { DocumentSink, ItemOutcome } from '@chatwarden/logstore';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { expect, it } from 'vitest';
import { traceDurable, traceparentOfLine, traceSink } from './document-spans.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
const OTHER = 'f'.repeat(32);
const lineOf = (document: object) => Buffer.from(JSON.stringify(document));

function aTracer() {
  const spans: EmittedSpan[] = [];
  const keepsTrace = (traceId: string) => traceId === TRACE;
  return { spans, tracer: createTracer({ now: () => 1, keepsTrace, emit: (span) => void spans.push(span) }) };
}

const ofTrace = (id: string) => ({ ...aVerdictEvent(), trace: { id }, span: { id: 'b'.repeat(16) } });
const document = (line: Uint8Array) => ({ id: '1', service: 'alertd', day: '2026-11-24', index: 'logs', line });
const documents = [TRACE, OTHER].map((id) => document(lineOf(ofTrace(id))));

it('finds trace and span in a document as our services write it, also within a larger buffer', () => {
  const line = Buffer.from(`xx${JSON.stringify(ofTrace(TRACE))}`).subarray(2);
  expect(traceparentOfLine(line)).toBe(`00-${TRACE}-${'b'.repeat(16)}-01`);
});

it.each([
  ['no trace', { message: 'hello' }],
  ['no span', { trace: { id: TRACE } }],
  ['an id that is none', { trace: { id: 'x'.repeat(32) }, span: { id: 'b'.repeat(16) } }],
  ['words that look like it', { message: '"trace":{"id":"' }],
])('finds nothing in a document with %s', (_what, content) => {
  expect(traceparentOfLine(lineOf(content))).toBeNull();
});

it('accepting is a span below the one that the document names, where its trace is kept', async () => {
  const { tracer, spans } = aTracer();
  const kept = { duplicates: 0, refused: [] };
  const durable = traceDurable({ keep: () => Promise.resolve(kept) }, tracer);
  expect(await durable.keep(documents)).toBe(kept);
  expect(spans).toMatchObject([{ name: 'accept', traceId: TRACE, parentSpanId: 'b'.repeat(16), kind: 'server' }]);
});

it('indexing is a span of each document that the index took', async () => {
  const { tracer, spans } = aTracer();
  const outcomes: ItemOutcome[] = [
    { id: '1', result: 'created' },
    { id: '2', result: 'refused', reason: 'x' },
  ];
  const sink: DocumentSink = { writeDocuments: () => Promise.resolve(outcomes) };
  const both = [documents[0], documents[0]].filter((one) => one !== undefined);
  expect(await traceSink(sink, tracer).writeDocuments(both, new AbortController().signal)).toBe(outcomes);
  expect(spans.map((span) => span.name)).toEqual(['index']);
});

it('puts nothing in the way where nothing is traced', () => {
  const durable = { keep: () => Promise.resolve({ refused: [] }) };
  const sink: DocumentSink = { writeDocuments: () => Promise.resolve([]) };
  expect([traceDurable(durable, NO_TRACING), traceSink(sink, NO_TRACING)]).toEqual([durable, sink]);
  expect(NO_TRACING.keeps(rootTraceparent(TRACE))).toBe(false);
});
