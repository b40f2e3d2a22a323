import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type AlertdMetrics = ReturnType<typeof createAlertdMetrics>;

export function createAlertdMetrics(registry: Registry) {
  const registers = [registry];
  return {
    verdicts: new Counter({
      name: 'chatwarden_alertd_verdicts_total',
      help: 'Events judged; a batch judged again counts again',
      labelNames: ['band'],
      registers,
    }),
    conflicts: new Counter({
      name: 'chatwarden_alertd_context_conflicts_total',
      help: 'Batches judged again since a context had changed meanwhile',
      registers,
    }),
    deliveryToVerdict: new Histogram({
      name: 'chatwarden_alertd_delivery_to_verdict_seconds',
      help: 'From the delivery of an update to its verdict',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    gate: new Gauge({
      name: 'chatwarden_detect_gate',
      help: 'Whether this process, one of two colours that take turns, judges events',
      labelNames: ['colour'],
      registers,
    }),
    adopted: new Gauge({
      name: 'chatwarden_detect_adopted_topics',
      help: 'Topics of groups without detectors of their own that this process reads to the end',
      registers,
    }),
    journalled: new Counter({
      name: 'chatwarden_alertd_journalled_total',
      help: 'Log events written, by outcome',
      labelNames: ['result'],
      registers,
    }),
  };
}
