import { Counter, type Registry } from 'prom-client';

export type TraceMetrics = ReturnType<typeof createTraceMetrics>;

export function createTraceMetrics(registry: Registry) {
  return {
    spans: new Counter({
      name: 'chatwarden_ingest_spans_total',
      help: 'Spans by what became of them: created, duplicate, or rejected for good',
      labelNames: ['result'],
      registers: [registry],
    }),
  };
}
