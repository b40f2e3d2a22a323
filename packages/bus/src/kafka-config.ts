import { Failure, messageOf, type Topic } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import type { KafkaTls } from './kafka/connect/connection.ts';
import { createKafkaAdmin, type KafkaAdmin, type KafkaAdminOptions } from './kafka/kafka-admin.ts';
import { createKafkaBus, type KafkaBus, type KafkaBusOptions } from './kafka/kafka-bus.ts';

/** Settings of every service that uses Kafka. Certificates are PEM, and best given as files: KAFKA_CA_FILE and so on. */
export const KafkaConfig = Type.Object({
  KAFKA_BROKERS: Type.String({
    pattern: '^[^\\s,:]+:\\d+(\\s*,\\s*[^\\s,:]+:\\d+)*$',
    description: 'some brokers of the cluster, such as kafka-0:9092,kafka-1:9092',
  }),
  KAFKA_PREFIX: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9._-]*$',
    description: 'comes before the name of every topic and group, where others use the cluster too',
  }),
  KAFKA_REPLICATION: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 7,
    description: 'copies of a topic that is made; 1 and 2 are for trials',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'speak TLS to the brokers' }),
  KAFKA_CA: Type.Optional(Type.String({ description: 'certificate that signed theirs', secret: true })),
  KAFKA_CERT: Type.Optional(Type.String({ description: 'certificate of this client', secret: true })),
  KAFKA_KEY: Type.Optional(Type.String({ description: 'its key', secret: true })),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], { description: 'how to log in' }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'name to log in with' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ description: 'password to log in with', secret: true })),
});
export type KafkaConfig = Static<typeof KafkaConfig>;

export interface ConfiguredBusOptions extends Pick<
  KafkaBusOptions,
  'clientId' | 'clock' | 'log' | 'registry' | 'onStuck'
> {
  /** Those that this process publishes and consumes. */
  topics: readonly Topic[];
}

/** Makes the topics that are missing, and opens. Rejects with Failure `kafkaAway` (later) when the cluster is away. */
export async function openConfiguredBus(config: KafkaConfig, options: ConfiguredBusOptions): Promise<KafkaBus> {
  const { topics, ...bus } = options;
  const connection = { ...kafkaConnection(config), ...bus };
  const admin = createKafkaAdmin(connection);
  try {
    await admin.ensureTopics({ topics, replication: config.KAFKA_REPLICATION });
  } catch (error) {
    throw new Failure('kafkaAway', 'later', { message: `Kafka is away: ${messageOf(error)}`, cause: error });
  } finally {
    await admin.close();
  }
  return createKafkaBus(connection);
}

/** Opens nothing: the first question connects. */
export function createConfiguredAdmin(
  config: KafkaConfig,
  options: Pick<KafkaAdminOptions, 'clientId' | 'clock' | 'log'>,
): KafkaAdmin {
  return createKafkaAdmin({ ...kafkaConnection(config), ...options });
}

function kafkaConnection(config: KafkaConfig): Pick<KafkaBusOptions, 'brokers' | 'prefix' | 'tls' | 'sasl'> {
  const { KAFKA_BROKERS, KAFKA_PREFIX: prefix, KAFKA_TLS, KAFKA_SASL_MECHANISM: mechanism } = config;
  const { KAFKA_SASL_USERNAME: username = '', KAFKA_SASL_PASSWORD: password = '' } = config;
  return {
    brokers: KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    prefix,
    tls: KAFKA_TLS ? tlsOf(config) : undefined,
    sasl: mechanism === undefined ? undefined : { mechanism, username, password },
  };
}

function tlsOf({ KAFKA_CA: ca, KAFKA_CERT: cert, KAFKA_KEY: key }: KafkaConfig): KafkaTls {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
