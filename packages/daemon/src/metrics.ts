import type { Service } from '@chatwarden/contracts';
import { collectDefaultMetrics, Registry } from 'prom-client';

export interface Metrics {
  /** Whoever measures registers its own metrics here; there is no global registry. */
  registry: Registry;
}

export interface MetricsOptions {
  service: Pick<Service, 'name'>;
  /** Also measures the process itself: memory, event loop, garbage collection. */
  processMetrics?: boolean;
}

export function createMetrics({ service, processMetrics = false }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service: service.name });
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return { registry };
}
