import { rootTraceparent, traceOf } from '@chatwarden/contracts';
import { createTracer, type EmittedSpan } from '@chatwarden/daemon';
import { expect, it } from 'vitest';
import { aRunningAlertd } from './a-running-alertd.ts';

function aTracer(keepsTrace: (traceId: string) => boolean) {
  const spans: EmittedSpan[] = [];
  let now = 0;
  const tracer = createTracer({ now: () => (now += 1), keepsTrace, emit: (span) => void spans.push(span) });
  return { tracer, spans };
}

it('judging, sending and journalling are spans of the trace of their event, by the ids that records carry', async () => {
  const { tracer, spans } = aTracer(() => true);
  const { bus, event, verdicts, logStore } = await aRunningAlertd(undefined, { tracer });
  const posted = event({ message: { text: 'casino bonus' } });
  await bus.publish('events', [posted]);
  const [verdict] = verdicts;
  const own = traceOf(verdict?.traceparent ?? '').spanId;
  const root = traceOf(rootTraceparent(posted.id)).spanId;
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([posted.id]));
  expect(spans.map(({ name, parentSpanId }) => ({ name, parentSpanId }))).toEqual([
    { name: 'judge', parentSpanId: root },
    { name: 'journal', parentSpanId: own },
    { name: 'send verdicts', parentSpanId: own },
  ]);
  expect(spans[0]).toMatchObject({ spanId: own, attributes: { 'chatwarden.verdict.band': 'act' } });
  const [document] = (await logStore.search({ limit: 1 })).events;
  expect(document).toMatchObject({ trace: { id: posted.id }, span: { id: own } });
});

it('a batch that is judged again tells the same spans', async () => {
  const { tracer, spans } = aTracer(() => true);
  const { bus, event } = await aRunningAlertd(undefined, { tracer });
  const batch = [event({ message: { text: 'casino bonus' } })];
  await bus.publish('events', batch);
  const before = spans.splice(0).map((span) => span.spanId);
  await bus.publish('events', batch);
  expect(spans.map((span) => span.spanId)).toEqual(before);
});

it('of a batch only the traces that are kept have spans', async () => {
  const kept: string[] = [];
  const { tracer, spans } = aTracer((traceId) => kept.includes(traceId));
  const { bus, event } = await aRunningAlertd(undefined, { tracer });
  const batch = [1, 2, 3].map((messageId) => event({ message: { messageId, text: `the roses of bed ${messageId}` } }));
  kept.push(batch[1]?.id ?? '');
  await bus.publish('events', batch);
  expect(spans.map((span) => [span.name, span.traceId])).toEqual(
    ['judge', 'journal', 'send verdicts'].map((name) => [name, batch[1]?.id]),
  );
  expect(spans[0]?.attributes).toMatchObject({ 'messaging.batch.message_count': 3 });
});
