import { Histogram, type Registry } from 'prom-client';

export function createApiMetrics(registry: Registry) {
  return {
    requests: new Histogram({
      name: 'chatwarden_api_request_seconds',
      help: 'Time to answer, by route pattern',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [registry],
    }),
  };
}
