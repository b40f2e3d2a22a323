import { childTraceparent, rootTraceparent, traceOf } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { createTracer, NO_TRACING, type EmittedSpan, type Tracer } from './tracer.ts';

const EVENT = '0123456789abcdef0123456789abcdef';
const OTHER = 'f'.repeat(32);

function traced({ keeps = [EVENT], at = 1000 } = {}): { tracer: Tracer; spans: EmittedSpan[] } {
  const spans: EmittedSpan[] = [];
  const tracer = createTracer({
    now: () => at,
    keepsTrace: (traceId) => keeps.includes(traceId),
    emit: (span) => void spans.push(span),
  });
  return { tracer, spans };
}

it('begins a trace with the ids that the event carries', () => {
  const { tracer, spans } = traced();
  tracer.record({ name: 'receive', traceparent: rootTraceparent(EVENT), startedAt: 900 });
  expect(spans).toMatchObject([{ traceId: EVENT, spanId: EVENT.slice(16), startedAt: 900, endedAt: 1000 }]);
  expect(spans[0]).not.toHaveProperty('parentSpanId');
});

it('gives a step the ids of the record that it made, below the record that it was made from', () => {
  const { tracer, spans } = traced();
  const [parent, own] = [rootTraceparent(EVENT), childTraceparent(rootTraceparent(EVENT))];
  tracer.record({ name: 'judge', parent, traceparent: own, startedAt: 900, endedAt: 950 });
  const [span] = spans;
  expect(span).toMatchObject({ spanId: traceOf(own).spanId, parentSpanId: traceOf(parent).spanId, endedAt: 950 });
});

it('gives a step that no record names the same id each time it is told, and another one to another step', () => {
  const { tracer, spans } = traced();
  const parent = rootTraceparent(EVENT);
  for (const name of ['plan', 'plan', 'journal']) tracer.record({ name, parent, startedAt: 900 });
  const [once, again, other] = spans.map((span) => span.spanId);
  expect(once).toMatch(/^[0-9a-f]{16}$/);
  expect(again).toBe(once);
  expect(other).not.toBe(once);
});

it('tells nothing of traces that are not kept, and does not even ask for their spans', () => {
  const { tracer, spans } = traced();
  const records = [EVENT, OTHER].map((id) => ({ id, traceparent: rootTraceparent(id) }));
  const asked: string[] = [];
  tracer.recordEach(records, ({ id, traceparent }) => {
    asked.push(id);
    return { name: 'x', traceparent, startedAt: 1 };
  });
  tracer.record({ name: 'y', parent: rootTraceparent(OTHER), startedAt: 1 });
  expect(asked).toEqual([EVENT]);
  expect(spans.map((span) => span.name)).toEqual(['x']);
});

it('ignores a span that belongs to no trace', () => {
  const { tracer, spans } = traced();
  tracer.record({ name: 'lost', startedAt: 1 });
  expect(spans).toEqual([]);
});

it('never ends a span before it began, whatever the clocks say', () => {
  const { tracer, spans } = traced({ at: 1000 });
  tracer.record({ name: 'receive', traceparent: rootTraceparent(EVENT), startedAt: 1500 });
  expect(spans).toMatchObject([{ startedAt: 1500, endedAt: 1500 }]);
});

it('runs a step as a span and hands its traceparent on', async () => {
  const { tracer, spans } = traced();
  const parent = rootTraceparent(EVENT);
  const handedOn = await tracer.withSpan({ name: 'ask', kind: 'client', parent }, (own) => Promise.resolve(own));
  expect(traceOf(handedOn)).toEqual({ traceId: EVENT, spanId: spans[0]?.spanId });
  expect(spans).toMatchObject([{ name: 'ask', kind: 'client', parentSpanId: traceOf(parent).spanId }]);
});

it('tells of a step that failed, and passes its error on', async () => {
  const { tracer, spans } = traced();
  const error = new Error('no');
  const step = tracer.withSpan({ name: 'ask', parent: rootTraceparent(EVENT) }, () => Promise.reject(error));
  await expect(step).rejects.toBe(error);
  expect(spans).toMatchObject([{ name: 'ask', error }]);
});

it.each([
  ['a trace that is not kept', traced().tracer],
  ['no tracing at all', NO_TRACING],
])('with %s a step runs all the same, and hands on what it got', async (_case, tracer) => {
  const parent = rootTraceparent(OTHER);
  expect(tracer.keeps(parent)).toBe(false);
  expect(await tracer.withSpan({ name: 'ask', parent }, (own) => Promise.resolve(own))).toBe(parent);
});
