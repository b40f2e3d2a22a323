import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type LlmMetrics = ReturnType<typeof createLlmMetrics>;

/** In the order of their numbers, 0 first. */
const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;

export function createLlmMetrics(registry: Registry, breakerState: () => (typeof BREAKER_STATES)[number]) {
  const registers = [registry];
  const breaker = new Gauge({
    name: 'chatwarden_alertd_llm_breaker',
    help: 'Whether calls go out: 0 closed (they do), 1 half-open (one at a time, to try), 2 open (none)',
    registers,
    collect(this: Gauge) {
      this.set(BREAKER_STATES.indexOf(breakerState()));
    },
  });
  return {
    breaker,
    calls: new Counter({
      name: 'chatwarden_alertd_llm_calls_total',
      help: 'Calls of the language model, by what became of them',
      labelNames: ['result'],
      registers,
    }),
    callSeconds: new Histogram({
      name: 'chatwarden_alertd_llm_call_seconds',
      help: 'Time of a call',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60],
      registers,
    }),
    asks: new Counter({
      name: 'chatwarden_alertd_llm_asks_total',
      help: 'Asks that came to an end, or were put off, by how',
      labelNames: ['result'],
      registers,
    }),
    copies: new Counter({
      name: 'chatwarden_alertd_llm_copies_total',
      help: 'Asks answered without a call, since a copy of the message had been asked about',
      registers,
    }),
    budgetLeft: new Gauge({
      name: 'chatwarden_alertd_llm_budget_left',
      help: 'Calls that a group had left after its last one of the day (UTC)',
      labelNames: ['group'],
      registers,
    }),
    waiting: new Gauge({ name: 'chatwarden_alertd_llm_waiting', help: 'Asks without an end', registers }),
  };
}
