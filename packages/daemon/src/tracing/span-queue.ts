/**
 * The spans that wait for the exporter, counted. The SDK's batch processor drops what comes when its queue is full and
 * tells nobody; here the same bound is kept one step earlier, where each lost span is counted, and every export that
 * failed is too. Tracing is lossy by design: no request waits for it.
 */
import type { ReadableSpan, Span, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';

export type SpanFate = 'exported' | 'failed' | 'dropped';

export interface SpanQueueOptions {
  queueMax: number;
  exporter: SpanExporter;
  /** Makes the batching processor around the exporter that it is given. */
  batching(exporter: SpanExporter): SpanProcessor;
  onSpans(fate: SpanFate, count: number): void;
  /** After every export; `error` tells why it failed. */
  onExport(error?: Error): void;
}

export function createSpanQueue(options: SpanQueueOptions): SpanProcessor {
  const { queueMax, exporter, onSpans, onExport } = options;
  let waiting = 0;

  const batches = options.batching({
    export(spans, done) {
      waiting -= spans.length;
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        onSpans(failed ? 'failed' : 'exported', spans.length);
        onExport(failed ? (result.error ?? new Error('the export failed')) : undefined);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush ? { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() } : {}),
  });

  function onEnd(span: ReadableSpan): void {
    if (waiting >= queueMax) {
      onSpans('dropped', 1);
      return;
    }
    waiting += 1;
    batches.onEnd(span);
  }

  return {
    onStart: (span: Span, context) => batches.onStart(span, context),
    onEnd,
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}
