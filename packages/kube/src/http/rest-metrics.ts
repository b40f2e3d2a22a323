/** The names of client-go, so that dashboards and alerts for Go controllers work: k8s.io/component-base restclient. */
import type { Registry } from 'prom-client';
import { counter, histogram } from '../metrics.ts';

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];

export interface RestMetrics {
  requests: ReturnType<typeof counter<'code' | 'method' | 'host'>>;
  retries: ReturnType<typeof counter<'code' | 'verb' | 'host'>>;
  seconds: ReturnType<typeof histogram<'verb' | 'host'>>;
  limiterSeconds: ReturnType<typeof histogram<'verb' | 'host'>>;
}

export function createRestMetrics(registry: Registry | undefined): RestMetrics {
  return {
    requests: counter({
      registry,
      name: 'rest_client_requests_total',
      help: 'Number of HTTP requests, partitioned by status code, method, and host.',
      labelNames: ['code', 'method', 'host'],
    }),
    retries: counter({
      registry,
      name: 'rest_client_request_retries_total',
      help: 'Number of request retries, partitioned by status code, verb, and host.',
      labelNames: ['code', 'verb', 'host'],
    }),
    seconds: histogram({
      registry,
      name: 'rest_client_request_duration_seconds',
      help: 'Request latency in seconds, until the head of the answer. Broken down by verb, and host.',
      labelNames: ['verb', 'host'],
      buckets: SECONDS,
    }),
    limiterSeconds: histogram({
      registry,
      name: 'rest_client_rate_limiter_duration_seconds',
      help: 'Client side rate limiter latency in seconds. Broken down by verb, and host.',
      labelNames: ['verb', 'host'],
      buckets: SECONDS,
    }),
  };
}
