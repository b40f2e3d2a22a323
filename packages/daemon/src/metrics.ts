import { collectDefaultMetrics, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
}

/** One registry per process; `processMetrics` adds memory, CPU and event loop of this process. */
export function createMetrics({ processMetrics }: { processMetrics: boolean }): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return { registry };
}
