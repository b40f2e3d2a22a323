import { Counter, Gauge, type Registry } from 'prom-client';

export function createTracingMetrics(registry: Registry) {
  const registers = [registry];
  return {
    spans: new Counter({
      name: 'chatwarden_tracing_spans_total',
      help: 'Spans exported, lost by an export that failed, or dropped since the queue was full',
      labelNames: ['fate'],
      registers,
    }),
    up: new Gauge({
      name: 'chatwarden_tracing_up',
      help: '1 when the last export arrived, the self-test at the start included; 0 when it did not',
      registers,
    }),
  };
}
