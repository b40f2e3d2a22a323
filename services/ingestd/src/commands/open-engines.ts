/** Kafka and OpenSearch as the settings say. */
import { createKafkaAdmin, createKafkaBus, type KafkaBus } from '@chatwarden/bus';
import { Failure, messageOf } from '@chatwarden/contracts';
import type { ServiceFrame } from '@chatwarden/daemon';
import { createBulkEngine, openConnection, type BulkEngine } from '@chatwarden/logstore';
import type { IngestdProcessConfig } from '../config.ts';

export type Frame = ServiceFrame<IngestdProcessConfig>;

export function openBus(frame: Frame): KafkaBus {
  const { clock, log, metrics, lifecycle } = frame;
  const registry = metrics.registry;
  const onStuck = (reason: string) => log.error({}, `a consumer is stuck: ${reason}`);
  const bus = createKafkaBus({ ...connectionOf(frame), clock, registry, onStuck });
  lifecycle.onStop('kafka', () => bus.close());
  return bus;
}

/** The topics of ours, where they are not there yet; waits for a Kafka that is away. */
export async function ensureTopics(frame: Frame): Promise<void> {
  const admin = createKafkaAdmin({ ...connectionOf(frame), clock: frame.clock });
  const replication = frame.config.KAFKA_REPLICATION;
  try {
    await frame.open('Kafka', () =>
      admin.ensureTopics({ topics: ['logs', 'logs.refused'], replication }).catch((cause: unknown) => {
        throw new Failure('kafkaAway', 'later', { message: messageOf(cause), cause });
      }),
    );
  } finally {
    await admin.close();
  }
}

function connectionOf({ config, instance, log }: Frame) {
  const { KAFKA_CA: ca, KAFKA_CERT: cert, KAFKA_KEY: key } = config;
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  return {
    brokers: config.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    clientId: `ingestd-${instance}`,
    prefix: config.KAFKA_PREFIX,
    tls: config.KAFKA_TLS ? files : undefined,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
    log,
  };
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
