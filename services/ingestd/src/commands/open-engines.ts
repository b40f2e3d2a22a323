/** Kafka and OpenSearch as the settings say. */
import { openConfiguredBus, type KafkaBus } from '@chatwarden/bus';
import type { ServiceFrame } from '@chatwarden/daemon';
import { createBulkEngine, openConnection, type BulkEngine } from '@chatwarden/logstore';
import type { IngestdProcessConfig } from '../config.ts';

export type Frame = ServiceFrame<IngestdProcessConfig>;

/** Waits for a Kafka that is away. */
export async function openBus({ config, instance, clock, log, metrics, lifecycle, open }: Frame): Promise<KafkaBus> {
  const { registry } = metrics;
  const onStuck = (reason: string) => log.error({}, `a consumer is stuck: ${reason}`);
  const options = { clientId: `ingestd-${instance}`, clock, log, registry, onStuck };
  const bus = await open('Kafka', () => openConfiguredBus(config, options));
  lifecycle.onStop('kafka', () => bus.close());
  return bus;
}

export function openSink({ config, clock, log, lifecycle }: Frame): BulkEngine {
  const { OPENSEARCH_URL: url, OPENSEARCH_USERNAME: username, OPENSEARCH_PASSWORD: password } = config;
  const auth = username && password ? { auth: { username, password } } : {};
  const connection = openConnection({ url, clock, ...auth });
  lifecycle.onStop('opensearch', () => connection.close());
  const engine = createBulkEngine({ connection, clock, log });
  lifecycle.onStop('bulk engine', () => engine.close());
  return engine;
}
