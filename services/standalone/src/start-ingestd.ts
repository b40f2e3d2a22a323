/**
 * The door for logs and traces, over the log store and without a hop: it answers when PostgreSQL has what was sent. This
 * process sends its own spans there too, so it must learn the address before anything is traced, and send the last of them
 * before the door closes.
 */
import type { Clock, Service } from '@chatwarden/contracts';
import {
  startTracing,
  tracingSettings,
  type Lifecycle,
  type Logger,
  type Metrics,
  type Tracer,
} from '@chatwarden/daemon';
import { createLogStoreDurable, wire, type Ingestd } from '@chatwarden/ingestd';
import type { LogStore, SpanStore } from '@chatwarden/logstore';
import type { StandaloneConfig } from './config.ts';

export interface IngestdDeps {
  config: StandaloneConfig;
  clock: Clock;
  log: Logger;
  lifecycle: Lifecycle;
  service: Service;
  metrics: Metrics;
  logStore: Pick<LogStore, 'write'>;
  spanStore: Pick<SpanStore, 'writeSpans'>;
  keepDays: number;
}

export interface StartedIngestd {
  ingestd: Ingestd;
  /** Traces nothing while TRACE_RATIO is 0. */
  tracer: Tracer;
  url: string;
}

export async function startIngestd(deps: IngestdDeps): Promise<StartedIngestd> {
  const { config, clock, log, lifecycle, service, metrics, logStore, spanStore, keepDays } = deps;
  const address = Promise.withResolvers<string>();
  // Whoever waits for it is told by the promise itself; where nothing is traced nobody waits.
  address.promise.catch(() => undefined);
  const { registry } = metrics;
  const settings = { endpoint: address.promise, ...tracingSettings(config) };
  const { tracer, stop } = await startTracing({ service, log, registry, clock, ...settings });
  try {
    const durable = createLogStoreDurable(logStore);
    const ingestd = await wire({ durable, spanStore, tracer, clock, log, metrics, keepDays }, config);
    lifecycle.onStop('ingestd', () => ingestd.close());
    const { url } = await ingestd.listen();
    address.resolve(url);
    return { ingestd, tracer, url };
  } catch (error) {
    address.reject(error);
    throw error;
  } finally {
    // After the door is registered, so that it stops before it.
    lifecycle.onStop('tracing', stop);
  }
}
