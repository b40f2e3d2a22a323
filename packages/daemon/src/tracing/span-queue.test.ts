import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { createSpanQueue, type SpanFate } from './span-queue.ts';

const SPAN = {} as ReadableSpan;

/** A queue of two over a processor that exports when it is flushed, into an exporter that a test ends by hand. */
function opened() {
  const fates: [SpanFate, number][] = [];
  const errors: (string | undefined)[] = [];
  const answers: ((result: { code: number; error?: Error }) => void)[] = [];
  const calls: string[] = [];
  const exporter: SpanExporter = {
    export: (_spans, done) => void answers.push(done),
    forceFlush: () => Promise.resolve(void calls.push('flush exporter')),
    shutdown: () => Promise.resolve(void calls.push('shutdown exporter')),
  };
  const batching = (to: SpanExporter): SpanProcessor => {
    let waiting: ReadableSpan[] = [];
    return {
      onStart: () => void calls.push('start'),
      onEnd: (span) => void waiting.push(span),
      forceFlush: async () => {
        to.export(waiting, () => {});
        waiting = [];
        await to.forceFlush?.();
      },
      shutdown: () => to.shutdown(),
    };
  };
  const queue = createSpanQueue({
    queueMax: 2,
    exporter,
    batching,
    onSpans: (...fate) => void fates.push(fate),
    onExport: (error) => void errors.push(error?.message),
  });
  return { queue, fates, errors, answers, calls };
}

it('counts what comes when the queue is full, and takes spans again when some were handed over', async () => {
  const { queue, fates, answers } = opened();
  for (let i = 0; i < 5; i += 1) queue.onEnd(SPAN);
  expect(fates).toEqual([
    ['dropped', 1],
    ['dropped', 1],
    ['dropped', 1],
  ]);
  await queue.forceFlush();
  queue.onEnd(SPAN);
  answers[0]?.({ code: 0 });
  expect(fates.slice(3)).toEqual([['exported', 2]]);
});

it('counts the spans of an export that failed, and tells why', async () => {
  const { queue, fates, errors, answers } = opened();
  for (const result of [{ code: 1, error: new Error('refused') }, { code: 1 }, { code: 0 }]) {
    queue.onEnd(SPAN);
    await queue.forceFlush();
    answers.shift()?.(result);
  }
  expect(fates.map(([fate]) => fate)).toEqual(['failed', 'failed', 'exported']);
  expect(errors).toEqual(['refused', 'the export failed', undefined]);
});

it('passes everything else on', async () => {
  const { queue, calls } = opened();
  queue.onStart(SPAN as Span, ROOT_CONTEXT);
  await queue.forceFlush();
  await queue.shutdown();
  expect(calls).toEqual(['start', 'flush exporter', 'shutdown exporter']);
});
